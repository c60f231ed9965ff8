/** A text field whose text is part of the work while it is typed. */
import { useEffect, useRef, useState } from "react";
import { type Notice, notify, withdraw } from "../state/screenStore.ts";
import { useSession } from "./session.ts";

interface HeldText {
  readonly text: string;
  readonly type: (text: string) => void;
  /** Keeps the text; a refused one is given back, with why. */
  readonly commit: () => void;
  readonly giveBack: () => void;
}

/**
 * Holds a text until it is kept: on leaving its field or its view, or before anything that takes the case as it is on the
 * screen.
 *
 * @param keep puts the text in the case; gives why not, or null
 */
export function useHeldText(kept: string, keep: (text: string) => Notice | null): HeldText {
  const { documents } = useSession();
  const [text, type] = useState(kept);
  const refusal = useRef<Notice | null>(null);
  useEffect(() => type(kept), [kept]);
  const settle = (): Notice | null => {
    const next = text.trim();
    refusal.current = next === kept ? null : keep(next);
    if (!refusal.current) type(next);
    return refusal.current;
  };
  const commit = () => {
    const refused = settle();
    if (!refused) return;
    notify(refused);
    type(kept);
  };
  const latest = useRef({ settle, commit });
  latest.current = { settle, commit };
  const typed = text !== kept;
  useEffect(() => {
    if (!typed) return;
    withdraw(refusal.current);
    return documents.holdEntry({ settle: () => latest.current.settle() });
  }, [typed, documents]);
  useEffect(() => () => latest.current.commit(), []);
  return { text, type, commit, giveBack: () => type(kept) };
}
