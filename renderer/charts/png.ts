import type { Drawing } from "./drawing.ts";
import { Chart } from "./library.ts";
import { type Palette, paperPalette } from "./palette.ts";

/** Width in CSS pixels, and device pixels per CSS pixel: the letters of an image over the width of a page are 9 point. */
const WIDTH = 640;
const SCALE = 2.5;
const MARGIN = 24;
const TITLE = { font: 18, weight: 600, line: 24 } as const;
const SUBTITLE = { font: 13, weight: 400, line: 19 } as const;

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

/** The image of a chart under its title: of one size and in the light theme, whatever the window and the page have. */
export async function toPng(
  drawing: Drawing,
  title: string,
  subtitle: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const palette = paperPalette();
  const chart = drawn(drawing, palette);
  const sheet = document.createElement("canvas");
  const context = sheet.getContext("2d");
  if (!context) return new Uint8Array();
  const fontOf = ({ weight, font }: typeof TITLE | typeof SUBTITLE) =>
    `${weight} ${font}px ${Chart.defaults.font.family}`;
  const lines = [TITLE, SUBTITLE].flatMap((style, at) => {
    context.font = fontOf(style);
    return linesOf(context, at === 0 ? title : subtitle, WIDTH - 2 * MARGIN).map((text) => ({ style, text }));
  });
  const head = lines.reduce((sum, { style }) => sum + style.line, MARGIN + 10);
  sheet.width = WIDTH * SCALE;
  sheet.height = Math.ceil((head + drawing.height + MARGIN) * SCALE);
  context.scale(SCALE, SCALE);
  context.fillStyle = palette.card;
  context.fillRect(0, 0, sheet.width, sheet.height);
  let y: number = MARGIN;
  for (const { style, text } of lines) {
    context.font = fontOf(style);
    context.fillStyle = style === TITLE ? palette.ink : palette.soft;
    context.fillText(text, MARGIN, y + style.font);
    y += style.line;
  }
  context.drawImage(chart, MARGIN, head, WIDTH - 2 * MARGIN, drawing.height);
  Chart.getChart(chart)?.destroy();
  const blob = await new Promise<Blob | null>((resolve) => sheet.toBlob(resolve, "image/png"));
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
}
