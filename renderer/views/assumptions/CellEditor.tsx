import type { TFunction } from "i18next";
import {
  type CSSProperties,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { type Parameter, SHEET_FUNCTIONS } from "../../../scenarios/index.ts";
import type { Language } from "../../../scenarios/text/index.ts";
import { presentCase, useCase } from "../../state/caseStore.ts";
import { useFormats } from "../format.ts";
import { useSession } from "../session.ts";
import { type CellContext, type GridColumn, parseCell } from "./cells.ts";
import type { Editing, RowActions } from "./editing.ts";
import { faultWords } from "./faultWords.ts";

interface CellEditorProps {
  readonly parameter: Parameter;
  readonly column: GridColumn;
  readonly context: CellContext;
  readonly editing: Editing;
  readonly label: string;
  readonly actions: Pick<RowActions, "type" | "commit" | "cancel" | "blur">;
}

interface Suggestion {
  readonly text: string;
  readonly hint: string;
}

const MOST = 8;
/** Fewer letters are more often the beginning of a name than of a function. */
const FEWEST_LETTERS = 2;
/** Milliseconds of rest before a formula is tried. */
const REST = 120;

/** Functions that begin with what is being typed, as the reader's spreadsheet calls them. */
function functionsFor(word: string, language: Language, t: TFunction): Suggestion[] {
  if (word.length < FEWEST_LETTERS) return [];
  return SHEET_FUNCTIONS.filter((item) => item[language].toLowerCase().startsWith(word)).map((item) => ({
    text: `${item[language]}(`,
    hint: t(`assumptions.functions.${item.key}`),
  }));
}

/** Names that begin or hold what is being typed, for a formula or for a source. */
function suggestionsFor(
  text: string,
  caret: number,
  column: GridColumn,
  context: CellContext,
  t: TFunction,
): Suggestion[] {
  if (column.kind === "source") {
    const typed = text.trim().toLowerCase();
    return (context.file.sources ?? [])
      .filter(({ id, title }) => `${title} ${id}`.toLowerCase().includes(typed) && title !== text.trim())
      .slice(0, MOST)
      .map(({ title, publisher }) => ({ text: title, hint: publisher ?? "" }));
  }
  if (column.kind === "kind") return [];
  const word = /[A-Za-z_]\w*$/.exec(text.slice(0, caret))?.[0].toLowerCase();
  if (!word || !column.numeric || column.kind === "low" || column.kind === "high") return [];
  const found = context.file.parameters.filter(
    ({ id, label }) => id.toLowerCase() !== word && `${id} ${label}`.toLowerCase().includes(word),
  );
  const first = (id: string) => (id.toLowerCase().startsWith(word) ? 0 : 1);
  const names = found
    .sort((a, b) => first(a.id) - first(b.id))
    .map(({ id, label }) => ({ text: id, hint: label }));
  return [...functionsFor(word, context.language, t), ...names].slice(0, MOST);
}

/** A formula tried while it is typed: its result, or what is wrong with it. */
function useTrial(props: CellEditorProps): { ok: boolean; words: string } | null {
  const { t } = useTranslation();
  const formats = useFormats();
  const { runner } = useSession();
  const [trial, setTrial] = useState<{ ok: boolean; words: string } | null>(null);
  const { parameter, column, context } = props;
  const { text } = props.editing;
  useEffect(() => {
    const file = presentCase(useCase.getState());
    const parsed = parseCell(parameter, column, text, context);
    if (!file || !parsed.ok || !parsed.formula) {
      setTrial(null);
      return;
    }
    let wanted = true;
    const timer = setTimeout(async () => {
      const answer = await runner.check(parsed.change(file), parameter.id, column.municipality);
      if (!wanted) return;
      const [fault] = answer.faults;
      if (fault) setTrial({ ok: false, words: faultWords(fault, file, parameter, context.language, t) });
      else if (answer.value !== null)
        setTrial({
          ok: true,
          words: t("assumptions.formulaValue", { value: formats.result(answer.value, parameter.unit) }),
        });
    }, REST);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text, parameter, column, context, runner, formats, t]);
  return trial;
}

/** Where the help goes: under the field, or above it where there is no room; outside what scrolls. */
function below(field: HTMLElement | null): CSSProperties {
  if (!field) return { visibility: "hidden" };
  const { left, top, bottom } = field.getBoundingClientRect();
  return innerHeight - bottom < 260 && top > 260
    ? { left, bottom: innerHeight - top }
    : { left, top: bottom };
}

/** The field in a cell, with names to insert and a live check below it. */
export function CellEditor(props: CellEditorProps) {
  const { column, context, editing, label, actions } = props;
  const { text, replaced, problem } = editing;
  const { t } = useTranslation();
  const [caret, setCaret] = useState(text.length);
  const [chosen, setChosen] = useState(-1);
  const [hidden, setHidden] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const tried = useTrial(props);
  const suggestions = hidden ? [] : suggestionsFor(text, caret, column, context, t);
  /** A name that is being completed is not yet a wrong one. */
  const trial = suggestions.length > 0 && tried?.ok === false ? null : tried;
  // Before the next key, which may come right after the field is drawn.
  useLayoutEffect(() => {
    field.current?.focus();
    if (!replaced) field.current?.select();
  }, [replaced]);
  const insert = (suggestion: Suggestion) => {
    const start = column.kind === "source" ? 0 : text.slice(0, caret).replace(/[A-Za-z_]\w*$/, "").length;
    const end = column.kind === "source" ? text.length : caret;
    const next = text.slice(0, start) + suggestion.text + text.slice(end);
    actions.type(next);
    setChosen(-1);
    setHidden(column.kind === "source");
    const at = start + suggestion.text.length;
    setCaret(at);
    requestAnimationFrame(() => field.current?.setSelectionRange(at, at));
  };
  /** Keys that mean something here stay here; all others are the field's own or a command of the program. */
  const keep = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const open = suggestions.length > 0;
    const picked = suggestions[chosen];
    if (event.key === "Escape") {
      keep(event);
      if (open && chosen >= 0) setHidden(true);
      else actions.cancel();
    } else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      keep(event);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setChosen((chosen + step + suggestions.length + (chosen < 0 && step < 0 ? 1 : 0)) % suggestions.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && picked) {
      keep(event);
      insert(picked);
    } else if (event.key === "Enter") {
      keep(event);
      actions.commit(event.shiftKey ? "up" : "down");
    } else if (event.key === "Tab") {
      keep(event);
      actions.commit(event.shiftKey ? "left" : "right");
    }
  };
  const problemShown = problem?.text === text ? problem.words : null;
  return (
    <div className="app-celleditor">
      <input
        ref={field}
        className={`app-celleditor__field ${column.numeric ? "app-celleditor__field--number" : ""}`}
        value={text}
        aria-label={label}
        aria-invalid={problemShown !== null || trial?.ok === false}
        aria-describedby={`${id}-help`}
        // biome-ignore lint/a11y/noRedundantRoles: without a list of its own an input is no combobox
        role="combobox"
        aria-expanded={suggestions.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(chosen >= 0 ? { "aria-activedescendant": `${id}-${chosen}` } : {})}
        autoComplete="off"
        spellCheck={false}
        list={column.kind === "kind" ? `${id}-kinds` : undefined}
        onChange={(event) => {
          actions.type(event.target.value);
          setCaret(event.target.selectionStart ?? event.target.value.length);
          setChosen(-1);
          setHidden(false);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
        onKeyDown={onKey}
        onBlur={actions.blur}
      />
      {column.kind === "kind" && (
        <datalist id={`${id}-kinds`}>
          {Object.entries(context.kindLabels)
            .filter(([key]) => key !== "")
            .map(([key, words]) => (
              <option key={key} value={words} />
            ))}
        </datalist>
      )}
      {(suggestions.length > 0 || trial || problemShown) && (
        <div className="app-celleditor__below" style={below(field.current)}>
          <p id={`${id}-help`} className="app-celleditor__words" aria-live="polite">
            {problemShown ? (
              <span className="app-negative">{problemShown}</span>
            ) : (
              trial && <span className={trial.ok ? "" : "app-negative"}>{trial.words}</span>
            )}
          </p>
          {suggestions.length > 0 && (
            <div
              id={`${id}-list`}
              role="listbox"
              tabIndex={-1}
              className="app-celleditor__list"
              aria-label={t("assumptions.completion")}
            >
              {suggestions.map((suggestion, index) => (
                <div
                  key={suggestion.text}
                  id={`${id}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === chosen}
                  onPointerDown={(event) => {
                    event.preventDefault();
                    insert(suggestion);
                  }}
                >
                  <span className={column.kind === "source" ? "" : "app-code"}>{suggestion.text}</span>
                  <span className="app-soft">{suggestion.hint}</span>
                </div>
              ))}
            </div>
          )}
        </div>
      )}
    </div>
  );
}
