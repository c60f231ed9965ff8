import { parseArgs } from "node:util";
import { type Language, texts } from "../scenarios/text/index.ts";
import { Refusal } from "./case.ts";
import { cases } from "./commands/cases.ts";
import { explain } from "./commands/explain.ts";
import { importFile } from "./commands/import.ts";
import { migrateFile } from "./commands/migrate.ts";
import { run } from "./commands/run.ts";
import { sensitivity, simulate } from "./commands/uncertainty.ts";
import { validate } from "./commands/validate.ts";

const OPTIONS = {
  scenario: { type: "string", multiple: true },
  reference: { type: "string" },
  json: { type: "boolean" },
  out: { type: "string" },
  into: { type: "string" },
  draws: { type: "string" },
  seed: { type: "string" },
  sampling: { type: "string" },
  method: { type: "string" },
  lang: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Options that a command takes beside the language; the others are a mistake. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  run: ["scenario", "reference", "json", "out"],
  explain: ["reference", "json"],
  import: ["into"],
  simulate: ["scenario", "reference", "json", "out", "draws", "seed", "sampling"],
  sensitivity: ["scenario", "reference", "json", "out", "draws", "seed", "sampling", "method"],
  validate: [],
  migrate: [],
  cases: [],
};

function languageOf(args: readonly string[]): Language {
  const at = args.indexOf("--lang");
  return args[at + 1] === "en" || args.includes("--lang=en") ? "en" : "nl";
}

function parse(args: readonly string[], language: Language) {
  const words = texts(language).report;
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const detail = error instanceof Error ? error.message : "";
    throw new Refusal(2, [words.wrongOption, detail, "", words.usage]);
  }
}

async function execute(args: readonly string[], language: Language): Promise<string> {
  const words = texts(language).report;
  const { values, positionals } = parse(args, language);
  const [command, file, ...rest] = positionals;
  if (values.help) return words.usage;
  if (command === undefined) throw new Refusal(2, [words.usage]);
  const takes = Object.hasOwn(TAKES, command) ? TAKES[command] : undefined;
  if (!takes) throw new Refusal(2, [words.unknownCommand(command), "", words.usage]);
  const extra = command === "explain" ? rest.slice(1) : rest;
  const foreign = Object.keys(values).filter((name) => name !== "lang" && !takes.includes(name));
  const badLanguage = values.lang !== undefined && values.lang !== "nl" && values.lang !== "en";
  if (foreign.length > 0 || extra.length > 0 || badLanguage)
    throw new Refusal(2, [words.wrongOption, [...foreign, ...extra].join(" "), "", words.usage]);
  if (command === "cases") return cases(language);
  if (file === undefined) throw new Refusal(2, [words.fileMissing, "", words.usage]);
  if (command === "validate") return validate(file, language);
  if (command === "migrate") return migrateFile(file, language);
  if (command === "import") return importFile(file, values.into, language);
  if (command === "explain") {
    const [figure] = rest;
    if (figure === undefined)
      throw new Refusal(2, [texts(language).explanation.figureMissing, "", words.usage]);
    return explain(file, { figure, reference: values.reference, json: values.json === true, language });
  }
  const { reference, out, draws, seed, sampling, method } = values;
  const options = { scenarios: values.scenario ?? [], reference, json: values.json === true, out, language };
  if (command === "simulate") return simulate(file, { ...options, draws, seed, sampling, method });
  if (command === "sensitivity") return sensitivity(file, { ...options, draws, seed, sampling, method });
  return run(file, options);
}

/**
 * The command line. Exit code 0: done; otherwise see ExitCode.
 */
export async function main(args: readonly string[]): Promise<void> {
  // A reader that has seen enough (head, less) closes the pipe: no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  const language = languageOf(args);
  try {
    process.stdout.write(`${await execute(args, language)}\n`);
  } catch (error) {
    const refusal = error instanceof Refusal ? error : null;
    const unexpected = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const lines = refusal?.lines ?? [texts(language).report.unexpected, unexpected];
    process.stderr.write(`${lines.join("\n")}\n`);
    process.exitCode = refusal?.exitCode ?? 1;
  }
}
