import type { App } from "@slack/bolt";
import { clickIn } from "../../slack/click.ts";
import { pushWhenDrawn, viewIn, workInView } from "../../slack/in-view.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { ConsoleValue, SwitchValue } from "../../views/button-value.ts";
import { switchedConsole, switchedPage, switchForm } from "../../views/consoles/switch-form.ts";
import { ACTION } from "../../views/ids.ts";

/** From a console to the page that says what switching it means and for whom, and from its button to what came of it. */
export const registerSwitchConsole = (app: App, deps: ListenerDeps): void => {
  const { consoles } = deps.services;
  for (const [actionId, to] of [
    [ACTION.consoleEnable, "enabled"],
    [ACTION.consoleDisable, "disabled"],
  ] as const)
    app.action(actionId, async ({ ack, body }) => {
      const { value, by, triggerId } = clickIn(body, ConsoleValue);
      await ack();
      await pushWhenDrawn(deps, { by, triggerId, title: (texts) => texts.consoles.switchTitle[to] }, async (texts) =>
        switchForm(await consoles.planSwitch({ ...value, to, by }), texts),
      );
    });

  app.action(ACTION.consoleSwitch, async ({ ack, body }) => {
    const { value, by } = clickIn(body, SwitchValue);
    await ack();
    const work = () => consoles.switch({ ...value, by });
    const title = (texts: Parameters<typeof switchedConsole>[1]) => texts.consoles.switchTitle[value.to];
    await workInView(deps, { by, view: viewIn(body), title }, { work, page: switchedPage, message: switchedConsole });
  });
};
