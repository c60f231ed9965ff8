const MARGIN = 24;

/** The image of a chart with its title, on paper of the theme's colour. */
export async function toPng(
  chart: HTMLCanvasElement,
  title: string,
  subtitle: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const style = getComputedStyle(document.body);
  const scale = chart.width / Math.max(1, chart.clientWidth);
  const lines = subtitle === "" ? 1 : 2;
  const head = (MARGIN + lines * 24) * scale;
  const sheet = document.createElement("canvas");
  sheet.width = chart.width + 2 * MARGIN * scale;
  sheet.height = chart.height + head + 2 * MARGIN * scale;
  const context = sheet.getContext("2d");
  if (!context) return new Uint8Array();
  context.fillStyle = style.getPropertyValue("--app-card") || "#fff";
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.fillStyle = style.getPropertyValue("--app-ink") || "#000";
  const family = style.fontFamily || "sans-serif";
  const width = sheet.width - 2 * MARGIN * scale;
  context.font = `600 ${18 * scale}px ${family}`;
  context.fillText(title, MARGIN * scale, (MARGIN + 14) * scale, width);
  if (lines === 2) {
    context.font = `${14 * scale}px ${family}`;
    context.fillText(subtitle, MARGIN * scale, (MARGIN + 38) * scale, width);
  }
  context.drawImage(chart, MARGIN * scale, MARGIN * scale + head);
  const blob = await new Promise<Blob | null>((resolve) => sheet.toBlob(resolve, "image/png"));
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
}
