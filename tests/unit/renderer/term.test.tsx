// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { Term } from "../../../renderer/ui/Term.tsx";

afterEach(cleanup);

it("explains a term to who points at it, tabs to it or hears it, and Escape takes the words away", async () => {
  const user = userEvent.setup();
  render(<Term explanation="Wat het nu waard is.">NCW</Term>);
  const word = screen.getByRole("button", { name: "NCW" });
  const words = screen.getByText("Wat het nu waard is.");
  expect(word.getAttribute("aria-describedby")).toBe(words.id);
  expect(words.className).toBe("app-hidden");
  await user.tab();
  expect(words.className).toBe("app-term__words");
  await user.keyboard("{Escape}");
  expect(words.className).toBe("app-hidden");
  await user.hover(word);
  expect(words.className).toBe("app-term__words");
  await user.unhover(word);
  expect(words.className).toBe("app-hidden");
});
