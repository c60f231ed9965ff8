import type { Frame } from "../renderer/host/contract.ts";
import type { Closing } from "./dialogs.ts";

export interface CloseGuardOptions {
  readonly confirm: (name: string) => Promise<Closing>;
  /** Asks the interface to save, as the menu does. */
  readonly save: () => void;
  readonly discard: (draftId: string) => Promise<unknown>;
  readonly close: () => void;
  /** The user stays: a quit that was under way is off. */
  readonly stay: () => void;
}

/** Keeps a window with unsaved work open until the user has chosen what becomes of it. */
export class CloseGuard {
  private frame: Frame | null = null;
  private asking = false;
  private saving = false;
  private free = false;

  constructor(private readonly options: CloseGuardOptions) {}

  setFrame(frame: Frame): void {
    this.frame = frame;
    if (!this.saving) return;
    this.saving = false;
    if (!frame.unsaved) this.leave();
  }

  saveEnded(ok: boolean): void {
    if (this.saving && !ok) {
      this.saving = false;
      this.options.stay();
    }
  }

  /** Whether the window may close now; otherwise the question is put. */
  mayClose(): boolean {
    if (this.free || !this.frame?.unsaved) return true;
    if (!this.asking) void this.ask(this.frame);
    return false;
  }

  /** The interface is gone; there is nothing left to ask it. */
  release(): void {
    this.free = true;
  }

  private leave(): void {
    this.free = true;
    this.options.close();
  }

  private async ask({ name, draftId }: Frame): Promise<void> {
    this.asking = true;
    const choice = await this.options.confirm(name ?? "Ontschot").finally(() => {
      this.asking = false;
    });
    if (choice === "cancel") this.options.stay();
    else if (choice === "save") {
      this.saving = true;
      this.options.save();
    } else {
      if (draftId !== null) await this.options.discard(draftId);
      this.leave();
    }
  }
}
