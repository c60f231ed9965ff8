/** Serves the built interface on loopback: the same files with the same headers as the desktop program. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** Headers of a file, as electron/appProtocol.ts gives them. */
export function headersOf(path) {
  const worker = /(^|[/\\])[^/\\]*worker[^/\\]*\.js$/i.test(path);
  return {
    "content-type": TYPES[extname(path)] ?? "application/octet-stream",
    "content-security-policy": worker ? WORKER_POLICY : PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
  };
}

/** The file behind a request path, or null when it would lie outside the folder. */
export function fileOf(folder, address) {
  let path;
  try {
    path = decodeURIComponent(address.split("?")[0] ?? "");
  } catch {
    return null;
  }
  if (path.includes("\0") || path.includes("\\")) return null;
  const file = join(folder, path === "/" ? "index.html" : path);
  return file.startsWith(folder + sep) ? file : null;
}

/** Starts the server on 127.0.0.1; port 0 takes a free one. A foreign Host header (DNS rebinding) is refused. */
export function serve(folder, port = 0) {
  const server = createServer(async (request, response) => {
    const own = server.address().port;
    const refuse = (status) => response.writeHead(status, { "content-type": "text/plain" }).end();
    if (![`127.0.0.1:${own}`, `localhost:${own}`].includes(request.headers.host ?? "")) return refuse(403);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(405);
    const file = fileOf(folder, request.url ?? "/");
    if (file === null) return refuse(404);
    try {
      const body = await readFile(file);
      response.writeHead(200, headersOf(file)).end(request.method === "HEAD" ? undefined : body);
    } catch {
      refuse(404);
    }
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
