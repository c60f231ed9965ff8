// @vitest-environment happy-dom
/** The table of assumptions as a spreadsheet user takes it: keys, blocks, Dutch numbers. */
import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { presentCase, useCase } from "../../../renderer/state/caseStore.ts";
import { useScreen } from "../../../renderer/state/screenStore.ts";
import { filterRows, NO_FILTER } from "../../../renderer/views/assumptions/rows.ts";
import {
  active,
  activeRow,
  CASE,
  copied,
  labelOf,
  lastStep,
  openTable,
  paste,
  valueIn,
} from "./assumptionsPage.tsx";

/** As the table orders them: by group. */
const [FIRST, SECOND, THIRD, FOURTH] = filterRows(CASE, CASE, NO_FILTER).map(({ id }) => id);

beforeEach(() => {
  openTable();
});

afterEach(cleanup);

describe("the table of assumptions", () => {
  it("starts on the first value and walks with the arrows", async () => {
    const user = userEvent.setup();
    expect(activeRow()).toBe(labelOf(FIRST));
    await user.keyboard("{ArrowDown}");
    expect(activeRow()).toBe(labelOf(SECOND));
    expect(document.activeElement).toBe(active());
    await user.keyboard("{ArrowUp}{ArrowUp}");
    expect(activeRow()).toBe(labelOf(FIRST));
  });

  it("takes a Dutch number on Enter and goes down", async () => {
    const user = userEvent.setup();
    await user.keyboard("{ArrowDown}1.234,5{Enter}");
    expect(valueIn(SECOND)).toBe(1234.5);
    expect(activeRow()).toBe(labelOf(THIRD));
  });

  it("takes it on Tab and goes right", async () => {
    const user = userEvent.setup();
    await user.keyboard("3,5{Tab}");
    expect(valueIn(FIRST)).toBe(3.5);
    expect(activeRow()).toBe(labelOf(FIRST));
    expect(active()?.previousElementSibling?.textContent).toBe("3,5");
  });

  it("explains low, high, kind and source in the heading, where keys edit nothing", async () => {
    const user = userEvent.setup();
    const heads = ["Laag", "Hoog", "Soort", "Bron"].map((name) => screen.getByRole("columnheader", { name }));
    for (const head of heads) {
      const word = within(head).getByRole("button");
      act(() => word.focus());
      expect(within(head).getByRole("tooltip").className).toBe("app-term__words");
      await user.keyboard("5{ArrowDown}{Delete}");
      expect(document.activeElement).toBe(word);
    }
    expect(presentCase(useCase.getState())).toBe(CASE);
    expect(activeRow()).toBe(labelOf(FIRST));
  });

  it("gives the old value back on Escape", async () => {
    const user = userEvent.setup();
    await user.keyboard("9{Escape}");
    expect(valueIn(FIRST)).toBe(2.25);
    expect(useCase.getState().history?.past).toEqual([]);
    expect(document.activeElement).toBe(active());
  });

  it("keeps the field open on what is no number", async () => {
    const user = userEvent.setup();
    await user.keyboard("1,2,3{Enter}");
    expect(screen.getByRole("combobox", { name: /Discontovoet/ })).toBeTruthy();
    expect(useCase.getState().history?.past).toEqual([]);
  });

  it("pastes a block as one step that undo names and takes back", () => {
    paste("2,5\r\n180\r\n50,25\r\n");
    expect([FIRST, SECOND, THIRD].map(valueIn)).toEqual([2.5, 180, 50.25]);
    expect(lastStep()).toEqual({ key: "paste", subject: "", count: 3 });
    useCase.getState().undo();
    expect(presentCase(useCase.getState())).toBe(CASE);
  });

  it("pastes nothing when one cell is wrong, and says where", () => {
    paste("2,5\r\nveel te (\r\n");
    expect(presentCase(useCase.getState())).toBe(CASE);
    expect(useScreen.getState().notice?.tone).toBe("error");
  });

  it("copies with decimal commas", async () => {
    const user = userEvent.setup();
    await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
    expect(copied()).toBe("2,25\r\n6087,34");
  });

  it("fills down", async () => {
    const user = userEvent.setup();
    await user.keyboard("{ArrowDown}{ArrowDown}{Shift>}{ArrowDown}{/Shift}{Control>}d{/Control}");
    expect(valueIn(FOURTH)).toBe(valueIn(THIRD));
    expect(lastStep()).toEqual({ key: "fill", subject: "", count: 1 });
  });

  it("names the step of an edit after its parameter", async () => {
    const user = userEvent.setup();
    await user.keyboard("3{Enter}");
    expect(lastStep()?.subject).toBe(labelOf(FIRST));
  });
});
