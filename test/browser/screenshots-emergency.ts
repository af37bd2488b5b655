import { fileURLToPath } from "node:url";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { cardOf, composer, directMessages, person, startJourney } from "./support/journey.ts";

const folder = new URL("../../docs/images/", import.meta.url);

/** The pictures of access past the approvers: given on call, and taken by breaking the glass, with its review. */
const journey = await startJourney();
try {
  const page = await journey.visit({ height: 1080 });
  const shoot = (name: string) => page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)), animations: "disabled" });

  // The catalog is read within the first seconds; a command before that opens the form.
  await person(page, "Dora Klein").click();
  const grant = `/pra grant <@${PEOPLE.requester.id}|ana> db-prod 2h because INC-77: the primary hangs`;
  await composer(page).fill(grant);
  await composer(page).press("Enter");
  await page.getByText("PRA-1001").first().waitFor();
  await person(page, "Chiyo Tanaka").click();
  await directMessages(page).first().click();
  const given = cardOf(page, "INC-77");
  await given
    .getByText(/Granted/)
    .first()
    .waitFor();
  await given.evaluate((shown) => shown.scrollIntoView({ block: "start" }));
  await shoot("on-call");

  await person(page, "Ben Okafor").click();
  await page
    .getByRole("button", { name: /general/ })
    .first()
    .click();
  await composer(page).fill("/pra break-glass db-prod because INC-78: nobody on call answers, the replica is full");
  await composer(page).press("Enter");
  const form = page.getByRole("dialog", { name: "Break the glass", exact: true });
  await form.getByText("db-prod", { exact: true }).waitFor();
  await form.getByRole("button", { name: "Go on" }).click();
  const seen = page.getByRole("dialog", { name: "Break the glass?" });
  await seen.getByText("Nobody approves it").waitFor();
  await shoot("break-glass");
  await seen.getByRole("button", { name: "Break the glass" }).click();
  await seen.waitFor({ state: "detached" });

  await person(page, "Chiyo Tanaka").click();
  await directMessages(page).first().click();
  const broken = cardOf(page, "INC-78");
  await broken
    .getByText(/Granted/)
    .first()
    .waitFor();
  await broken.evaluate((shown) => shown.scrollIntoView({ block: "start" }));
  await shoot("break-glass-card");

  await person(page, "Ben Okafor").click();
  await directMessages(page).first().click();
  await cardOf(page, "INC-78")
    .getByRole("button", { name: /review/ })
    .click();
  const review = page.getByRole("dialog", { name: "Review" });
  await review.getByRole("textbox", { name: "What happened?" }).fill("The replica's disk was full and the primary stopped taking writes.");
  await review.getByRole("textbox", { name: "What did you do?" }).fill("Dropped old WAL segments and restarted the replica.");
  await review.getByRole("textbox", { name: "What follows from it?" }).fill("OPS-310: an alert at 80 % of the disk.");
  await shoot("break-glass-review");
  await review.getByRole("button", { name: "Send review" }).click();
  await page.getByText("Thank you. Everybody who was told").waitFor();
  await page.keyboard.press("Escape");
  await cardOf(page, "INC-78").getByText("OPS-310").waitFor();
  await journey.expectQuiet(page);
} finally {
  await journey.close();
}
