import { setImmediate } from "node:timers/promises";
import type { Sliced } from "../models/index.ts";
import { type Language, texts } from "../scenarios/text/index.ts";
import { Refusal } from "./case.ts";

/** Where a terminal does not redraw a line, progress is told in steps of so many percent. */
const STEP = 10;

/** Shows how far a long command is, on stderr, and hears Ctrl-C. */
export class LongWork {
  private shown = -1;
  private readonly interrupted = new AbortController();
  private readonly onInterrupt = () =>
    this.interrupted.abort(new Refusal(130, [texts(this.language).uncertainty.cancelled]));

  constructor(private readonly language: Language) {
    process.on("SIGINT", this.onInterrupt);
  }

  /** Aborted at Ctrl-C, with the refusal to go on as its reason. */
  get signal(): AbortSignal {
    return this.interrupted.signal;
  }

  /** @param share from 0 to 1 */
  show(share: number): void {
    const percent = Math.min(100, Math.floor(100 * share));
    const terminal = process.stderr.isTTY;
    const now = terminal ? percent : STEP * Math.floor(percent / STEP);
    if (now <= this.shown) return;
    this.shown = now;
    const text = texts(this.language).uncertainty.progress(now);
    process.stderr.write(terminal ? `\r${text}` : `${text}\n`);
  }

  /** Refuses to go on when Ctrl-C was heard. */
  check(): void {
    this.signal.throwIfAborted();
  }

  /** Ends the work; refuses when it was stopped. */
  end(): void {
    process.off("SIGINT", this.onInterrupt);
    if (process.stderr.isTTY && this.shown >= 0) process.stderr.write("\r    \r");
    this.check();
  }

  /** Runs sliced work, with a pause between slices in which Ctrl-C is heard. */
  async finish<Result>(work: Sliced<Result>): Promise<Result> {
    try {
      let now = Number.NEGATIVE_INFINITY;
      for (;;) {
        const { done, value } = work.next();
        if (done) return value;
        this.show(value);
        if (performance.now() - now < 20) continue;
        await setImmediate();
        now = performance.now();
        this.check();
      }
    } finally {
      this.end();
    }
  }
}
