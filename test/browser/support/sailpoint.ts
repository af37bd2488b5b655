import type { Locator, Page } from "playwright-core";

/** The panel beside the chat. */
export const sailpointPanel = (page: Page): Locator => page.getByRole("region", { name: "Approvals in SailPoint" });

/** An approval as SailPoint has it, by its name. */
export const sailpointCard = (page: Page, name: string): Locator =>
  sailpointPanel(page).locator(".stored").filter({ hasText: name }).first();

/** Fills the form by which an approval is born, as far as it is said, and sends it. */
export async function letArrive(
  page: Page,
  { about, name, decides }: { readonly about: string; readonly name: string; readonly decides?: string },
): Promise<Locator> {
  const panel = sailpointPanel(page);
  const form = panel.getByRole("form", { name: "A new approval in SailPoint" });
  if (!(await form.isVisible())) await panel.getByText("Let a new approval arrive").click();
  await form.getByRole("combobox", { name: "About" }).selectOption({ label: about });
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  if (decides !== undefined) await form.getByRole("combobox", { name: "Who decides" }).selectOption({ label: decides });
  await form.getByRole("button", { name: "Let it arrive" }).click();
  const card = sailpointCard(page, name);
  await card.waitFor();
  return card;
}
