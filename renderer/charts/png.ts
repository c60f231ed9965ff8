import type { Drawing } from "./drawing.ts";
import { Chart } from "./library.ts";
import { type Palette, paperPalette } from "./palette.ts";

/** Width in CSS pixels, and device pixels per CSS pixel: the letters of an image over the width of a page are 9 point. */
const WIDTH = 640;
const SCALE = 2.5;
const MARGIN = 24;
const TITLE = { font: 18, weight: 600, line: 24 } as const;
const SUBTITLE = { font: 13, weight: 400, line: 19 } as const;
const SOURCE = { font: 11, weight: 400, line: 15 } as const;
/** Above and below the line over the source. */
const GAP = 9;

/** A text in lines that fit in a width: broken at spaces, and inside a word that is too long for a line of its own. */
export function linesOf(
  context: Pick<CanvasRenderingContext2D, "measureText">,
  text: string,
  width: number,
): string[] {
  const fits = (line: string) => context.measureText(line).width <= width;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").filter((part) => part !== "")) {
    if (line !== "" && fits(`${line} ${word}`)) {
      line = `${line} ${word}`;
      continue;
    }
    if (line !== "") lines.push(line);
    line = "";
    for (const sign of word) {
      if (line !== "" && !fits(line + sign)) {
        lines.push(line);
        line = "";
      }
      line += sign;
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** The drawing on a canvas of its own, in the size of the image. */
function drawn(drawing: Drawing, palette: Palette): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH - 2 * MARGIN;
  canvas.height = drawing.height;
  const { options, ...rest } = drawing.configure(palette);
  new Chart(canvas, {
    ...rest,
    options: { ...options, responsive: false, devicePixelRatio: SCALE, events: [] },
  });
  return canvas;
}

/** What stands around a chart in its image. */
interface ImageText {
  readonly title: string;
  readonly subtitle: string;
  /** Where it is from: below a line, at the bottom. */
  readonly source: string;
}

/** The image of a chart under its title: of one size and in the light theme, whatever the window and the page have. */
export async function toPng(
  drawing: Drawing,
  { title, subtitle, source }: ImageText,
): Promise<Uint8Array<ArrayBuffer>> {
  const palette = paperPalette();
  const chart = drawn(drawing, palette);
  const sheet = document.createElement("canvas");
  const context = sheet.getContext("2d");
  if (!context) return new Uint8Array();
  type Style = typeof TITLE | typeof SUBTITLE | typeof SOURCE;
  const fontOf = ({ weight, font }: Style) => `${weight} ${font}px ${Chart.defaults.font.family}`;
  const lay = (style: Style, text: string) => {
    context.font = fontOf(style);
    return linesOf(context, text, WIDTH - 2 * MARGIN).map((line) => ({ style, line }));
  };
  const heightOf = (lines: ReturnType<typeof lay>) => lines.reduce((sum, { style }) => sum + style.line, 0);
  const above = [...lay(TITLE, title), ...lay(SUBTITLE, subtitle)];
  const below = lay(SOURCE, source);
  const head = MARGIN + heightOf(above) + 10;
  const foot = head + drawing.height + GAP;
  sheet.width = WIDTH * SCALE;
  sheet.height = Math.ceil((foot + GAP + heightOf(below) + MARGIN) * SCALE);
  context.scale(SCALE, SCALE);
  context.fillStyle = palette.card;
  context.fillRect(0, 0, sheet.width, sheet.height);
  const write = (lines: ReturnType<typeof lay>, from: number) => {
    let y = from;
    for (const { style, line } of lines) {
      context.font = fontOf(style);
      context.fillStyle = style === TITLE ? palette.ink : palette.soft;
      context.fillText(line, MARGIN, y + style.font);
      y += style.line;
    }
  };
  write(above, MARGIN);
  context.fillStyle = palette.grid;
  context.fillRect(MARGIN, foot, WIDTH - 2 * MARGIN, 1);
  write(below, foot + GAP);
  context.drawImage(chart, MARGIN, head, WIDTH - 2 * MARGIN, drawing.height);
  Chart.getChart(chart)?.destroy();
  const blob = await new Promise<Blob | null>((resolve) => sheet.toBlob(resolve, "image/png"));
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
}
