import type { ChartConfiguration } from "chart.js";
import type { Palette } from "./palette.ts";

/** A chart before it is drawn: the screen and the image draw the same one, each in its own colours and size. */
export interface Drawing {
  // biome-ignore lint/suspicious/noExplicitAny: a configuration is checked where it is made
  readonly configure: (palette: Palette) => ChartConfiguration<any, any, any>;
  /** What it shows, in words. */
  readonly label: string;
  /** It is drawn anew when this changes. */
  readonly version: string;
  /** Height in CSS pixels. */
  readonly height: number;
}
