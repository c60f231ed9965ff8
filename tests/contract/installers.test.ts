/** What the installers tell the operating systems: which files are the program's, and its icon. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const builder = createRequire(join(root, "node_modules/app-builder-lib/package.json"));

interface Association {
  readonly ext: string;
  readonly mimeType?: string;
  readonly rank?: string;
}

interface Platform {
  readonly fileAssociations?: Association[];
}

interface Config {
  readonly directories: { readonly buildResources: string };
  readonly fileAssociations: Association[];
  readonly win: Platform;
  readonly mac: Platform & { readonly extendInfo: Record<string, Record<string, unknown>[]> };
  readonly linux: Platform;
  readonly nsis: { readonly include: string; readonly perMachine: boolean };
}

const config = builder("js-yaml").load(readFileSync(join(root, "electron-builder.yml"), "utf8")) as Config;
const resource = (name: string) => readFileSync(join(root, config.directories.buildResources, name));

/** The associations of a platform, as electron-builder adds them up. */
const associations = (platform: Platform) => [
  ...config.fileAssociations,
  ...(platform.fileAssociations ?? []),
];

describe("files of the program", () => {
  it("have on Windows an ending that Windows sees: what follows the last dot", () => {
    const endings = associations(config.win).map(({ ext }) => ext);
    expect(endings).toContain("ontschot");
    expect(endings.filter((ext) => ext.includes("."))).toEqual([]);
  });

  it("are nowhere all JSON files: those are opened only when asked", () => {
    for (const platform of [config.win, config.mac, config.linux])
      for (const { ext, rank, mimeType } of associations(platform)) {
        if (ext === "json") expect(rank).toBe("Alternate");
        expect(mimeType).not.toBe("application/json");
      }
    const include = readFileSync(join(root, config.nsis.include), "utf8");
    expect(include).toMatch(/\\\.json\\OpenWithProgids" "Ontschot"/);
    expect(include).not.toMatch(/WriteRegStr SHELL_CONTEXT "Software\\Classes\\\.json" ""/);
  });

  it("have on Linux a type of their own, for both endings", async () => {
    const { LinuxTargetHelper } = builder("./out/targets/LinuxTargetHelper") as {
      LinuxTargetHelper: { prototype: { computeMimeTypeFiles(): Promise<string> } };
    };
    const file = join(root, ".tsout/mime.xml");
    const packager = { fileAssociations: associations(config.linux), getTempFile: async () => file };
    await LinuxTargetHelper.prototype.computeMimeTypeFiles.call({ packager } as never);
    const xml = readFileSync(file, "utf8");
    for (const ending of ["*.ontschot", "*.ontschot.json"])
      expect(xml).toContain(`<glob pattern="${ending}"/>`);
    expect(new Set(xml.match(/mime-type type="[^"]*"/g))).toEqual(
      new Set(['mime-type type="application/x-ontschot+json"']),
    );
  });

  it("have on macOS a type of their own that is JSON", () => {
    const [type] = config.mac.extendInfo.UTExportedTypeDeclarations ?? [];
    expect(type).toMatchObject({
      UTTypeIdentifier: "nl.ontschot.case",
      UTTypeConformsTo: ["public.json"],
      UTTypeTagSpecification: { "public.filename-extension": ["ontschot", "ontschot.json"] },
    });
  });
});

describe("the icon", () => {
  it("is there for Linux, at the size that electron-builder wants", () => {
    const png = resource("icon.png");
    expect(png.toString("latin1", 1, 4)).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512]);
  });

  it("is there for Windows, up to 256 pixels", () => {
    const ico = resource("icon.ico");
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, at) => ico.readUInt8(6 + 16 * at) || 256);
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
    for (const at of sizes.keys()) {
      const [length, offset] = [ico.readUInt32LE(6 + 16 * at + 8), ico.readUInt32LE(6 + 16 * at + 12)];
      const image = ico.subarray(offset, offset + length);
      expect(image.toString("latin1", 1, 4)).toBe("PNG");
      expect(image.readUInt32BE(16)).toBe(sizes[at]);
    }
  });

  it("is there for macOS, up to 1024 pixels", () => {
    const icns = resource("icon.icns");
    expect(icns.toString("latin1", 0, 4)).toBe("icns");
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const widths: number[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
      widths.push(icns.readUInt32BE(at + 24));
    expect(widths).toEqual([32, 64, 128, 256, 256, 512, 512, 1024]);
  });

  it("is small", () => {
    for (const name of ["icon.png", "icon.ico", "icon.icns"])
      expect(resource(name).length).toBeLessThan(100_000);
  });
});
