/** The loopback server: the desktop program's headers, its own address only, no way out of its folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { headersOf } from "../../electron/appProtocol.ts";

interface ServeModule {
  serve(folder: string, port?: number): Promise<Server>;
  headersOf(path: string): Record<string, string>;
}

let module: ServeModule;
let server: Server;
let port = 0;
const folder = mkdtempSync(join(tmpdir(), "ontschot-serve-"));

beforeAll(async () => {
  const path = new URL("../../cli/serve.mjs", import.meta.url).href;
  module = (await import(/* @vite-ignore */ path)) as ServeModule;
  mkdirSync(join(folder, "app"));
  writeFileSync(join(folder, "geheim.txt"), "geheim");
  writeFileSync(join(folder, "app/index.html"), "<title>app</title>");
  server = await module.serve(join(folder, "app"));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function get(path: string, host = `127.0.0.1:${port}`, method = "GET") {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const call = request({ host: "127.0.0.1", port, path, method, headers: { host } }, (answer) => {
        let body = "";
        answer.on("data", (data) => {
          body += String(data);
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
      });
      call.on("error", reject);
      call.end();
    },
  );
}

describe("the loopback server", () => {
  it("listens on 127.0.0.1 only", () => expect((server.address() as AddressInfo).address).toBe("127.0.0.1"));

  it("serves the app with the headers of the desktop program", async () => {
    const { status, headers, body } = await get("/");
    expect(status).toBe(200);
    expect(body).toContain("app");
    for (const [name, value] of Object.entries(headersOf("index.html"))) expect(headers[name]).toBe(value);
    for (const path of ["index.html", "a/live.worker-x.js", "b.js", "c.wasm", "d.woff2", "e.unknown"])
      expect(module.headersOf(path)).toEqual(headersOf(path));
  });

  it("refuses another Host: DNS rebinding", async () => {
    expect((await get("/", "evil.example")).status).toBe(403);
    expect((await get("/", `localhost:${port}`)).status).toBe(200);
  });

  it.each(["/../geheim.txt", "/%2e%2e/geheim.txt", "/..%2fgeheim.txt", "/..%5cgeheim.txt", "/%00", "/%"])(
    "does not leave its folder by %s",
    async (path) => {
      const { status, body } = await get(path);
      expect(status).toBe(404);
      expect(body).not.toContain("geheim");
    },
  );

  it("takes no other method", async () => expect((await get("/", undefined, "POST")).status).toBe(405));
});
