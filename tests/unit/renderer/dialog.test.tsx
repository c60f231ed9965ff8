// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { Dialog } from "../../../renderer/ui/Dialog.tsx";

afterEach(cleanup);

/** A page with a button that asks something. */
function Page({ onCancel }: { readonly onCancel?: () => void }) {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    onCancel?.();
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {"vraag"}
      </button>
      {open && (
        <Dialog
          title="Bewaren?"
          onCancel={close}
          actions={
            <>
              <button type="button">{"ja"}</button>
              <button type="button" onClick={close}>
                {"nee"}
              </button>
              <button type="button" disabled>
                {"nog niet"}
              </button>
            </>
          }
        >
          <p>{"Er is iets gewijzigd."}</p>
        </Dialog>
      )}
    </>
  );
}

const ask = async (user: ReturnType<typeof userEvent.setup>) => {
  await user.click(screen.getByRole("button", { name: "vraag" }));
  return screen.getByRole<HTMLDialogElement>("dialog");
};

it("is open, and has the name of its title", async () => {
  render(<Page />);
  const dialog = await ask(userEvent.setup());
  expect(dialog.open).toBe(true);
  expect(screen.getByRole("dialog", { name: "Bewaren?" })).toBe(dialog);
});

it("goes round with Tab, forwards and backwards, past what is switched off", async () => {
  const user = userEvent.setup();
  render(<Page />);
  await ask(user);
  const [yes, no] = ["ja", "nee"].map((name) => screen.getByRole("button", { name }));
  yes?.focus();
  await user.tab({ shift: true });
  expect(document.activeElement).toBe(no);
  await user.tab();
  expect(document.activeElement).toBe(yes);
});

it("gives the focus back to what asked, whichever way it ends", async () => {
  const user = userEvent.setup();
  render(<Page />);
  for (const end of [
    () => user.click(screen.getByRole("button", { name: "nee" })),
    async () => {
      screen.getByRole("dialog").dispatchEvent(new Event("cancel", { cancelable: true }));
    },
  ]) {
    await ask(user);
    screen.getByRole("button", { name: "ja" }).focus();
    await end();
    expect(await screen.findByRole("button", { name: "vraag" })).toBe(document.activeElement);
    expect(screen.queryByRole("dialog")).toBeNull();
  }
});

it("lets the program decide on Escape: the platform alone would close it and nothing would be told", async () => {
  let cancelled = 0;
  render(<Page onCancel={() => cancelled++} />);
  const dialog = await ask(userEvent.setup());
  const cancel = new Event("cancel", { cancelable: true });
  dialog.dispatchEvent(cancel);
  expect(cancelled).toBe(1);
  expect(cancel.defaultPrevented).toBe(true);
});
