/** Keys that ask a command: the same in both hosts, because the page hears them itself. */
import { type MenuCommand, SHORTCUTS } from "./contract.ts";

type Listener = (command: MenuCommand) => void;
type Keys = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

function matches(accelerator: string, { key, ctrlKey, metaKey, shiftKey, altKey }: Keys): boolean {
  const parts = accelerator.split("+");
  return (
    (ctrlKey || metaKey) === parts.includes("CmdOrCtrl") &&
    shiftKey === parts.includes("Shift") &&
    altKey === parts.includes("Alt") &&
    key.toLowerCase() === parts[parts.length - 1]?.toLowerCase()
  );
}

/** The command that a key press asks, if any. */
export function commandOf(event: Keys): MenuCommand | null {
  for (const [command, accelerators] of Object.entries(SHORTCUTS))
    if (accelerators.some((accelerator) => matches(accelerator, event))) return command as MenuCommand;
  return null;
}

function isText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement)
    return !target.readOnly && !["checkbox", "radio"].includes(target.type);
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
}

/** Listeners to commands, fed by the keys of a window and by whatever else asks. */
export class Commands {
  private readonly listeners = new Set<Listener>();

  constructor(private readonly window: Window) {
    window.addEventListener("keydown", (event) => {
      const command = event.defaultPrevented || event.isComposing ? null : commandOf(event);
      if (command === null || this.isOwnUndo(command, event.target)) return;
      event.preventDefault();
      // A held key asks once; undo and redo go on.
      if (!event.repeat || command === "undo" || command === "redo") this.say(command);
    });
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A command of the menu; in a text field undo belongs to the text that is being typed. */
  ask(command: MenuCommand): void {
    const { document } = this.window;
    if (this.isOwnUndo(command, document.activeElement)) document.execCommand(command);
    else this.say(command);
  }

  private isOwnUndo(command: MenuCommand, target: EventTarget | null): boolean {
    return (command === "undo" || command === "redo") && isText(target);
  }

  private say(command: MenuCommand): void {
    for (const listener of this.listeners) listener(command);
  }
}
