// @vitest-environment happy-dom
/** The frame above the views: the case can be called by another name, as one step. */
import { act, cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { presentCase, useCase } from "../../../renderer/state/caseStore.ts";
import { useResults } from "../../../renderer/state/resultStore.ts";
import { useScreen } from "../../../renderer/state/screenStore.ts";
import { Header } from "../../../renderer/views/Header.tsx";
import { CASE, show } from "./casePage.tsx";

afterEach(() => {
  cleanup();
  useResults.getState().clear();
  useScreen.setState({ notice: null });
});

function Present() {
  const file = useCase(presentCase);
  return file && <Header file={file} />;
}

it("the case is renamed where its name stands, and keeps it where the new one is empty", async () => {
  await show(<Present />, { pair: ["verkokerd", "ontschot"] });
  const user = userEvent.setup();
  const name = screen.getByRole<HTMLInputElement>("textbox", { name: /Naam van de zaak/ });
  await user.clear(name);
  await user.type(name, "Zwijndrecht 2027{Enter}");
  expect(presentCase(useCase.getState())?.meta.title).toBe("Zwijndrecht 2027");
  expect(useCase.getState().history?.past.at(-1)?.name).toEqual({
    key: "renameCase",
    subject: "Zwijndrecht 2027",
  });
  act(() => useCase.getState().undo());
  expect(presentCase(useCase.getState())).toBe(CASE);
  await user.clear(name);
  await user.type(name, "{Enter}");
  expect(presentCase(useCase.getState())?.meta.title).toBe(CASE.meta.title);
  expect(useScreen.getState().notice).toMatchObject({ key: "header.titleNeeded" });
});
