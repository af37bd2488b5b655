import type { App } from "@slack/bolt";
import { openConsoles } from "../actions/consoles/open-consoles.ts";
import { openCredentials } from "../actions/credentials/open-credentials.ts";
import { openBreakGlass } from "../actions/emergency/break-glass.ts";
import { giveAsTyped } from "../actions/emergency/give-on-call.ts";
import { openFindings } from "../actions/findings/open-findings.ts";
import { openQueue } from "../actions/open-queue.ts";
import { openPolicy } from "../actions/policy/open-policy.ts";
import { openRequestForm } from "../actions/request-form/open-request-form.ts";
import { openRulesList } from "../actions/rules/open-rules-list.ts";
import { PortcullisError } from "../errors.ts";
import { signedActor } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { textsFor } from "../texts/texts.ts";
import { explanationMessage } from "../views/explanation.ts";
import { passStarted } from "../views/finding-card.ts";
import { helpMessage } from "../views/help.ts";
import { MINE_ROWS, mineMessage } from "../views/mine.ts";
import { runAccessCommand } from "./access-command.ts";
import { parseCommand } from "./parse-command.ts";

/**
 * `/pra`: the form, the person's own lists, what waits for them, or help. Whatever it answers is seen by the person who typed it alone; in a channel that
 * another organisation can read it only explains itself all the same.
 */
export const registerPra = (app: App, deps: ListenerDeps): void => {
  app.command("/pra", async ({ ack, body }) => {
    const by = signedActor(body);
    const command = parseCommand(body.text);
    const texts = async () => textsFor((await deps.directory.user(by.userId))?.locale ?? null);
    switch (command.kind) {
      case "request":
        await ack();
        await deps.trustedPlace(body.channel_id);
        return openRequestForm(deps, { by, triggerId: body.trigger_id, text: command.text });
      case "mine": {
        // Together: the answer is the acknowledgement, and Slack waits three seconds for it.
        const [lists, language] = await Promise.all([
          deps.services.access.home(by.userId, { limit: MINE_ROWS }),
          texts(),
          deps.trustedPlace(body.channel_id),
        ]);
        return ack({ response_type: "ephemeral", ...mineMessage(lists, by, language) });
      }
      case "explain": {
        if (command.label === "") throw new PortcullisError("request_missing");
        const [explained, language] = await Promise.all([
          deps.services.approvals.explain({ label: command.label, by }),
          texts(),
          deps.trustedPlace(body.channel_id),
        ]);
        return ack({ response_type: "ephemeral", ...explanationMessage(explained, language) });
      }
      case "approvals":
        await ack();
        await deps.trustedPlace(body.channel_id);
        return openQueue(deps, { by, triggerId: body.trigger_id });
      case "done":
      case "revoke":
      case "extend":
      case "shorten": {
        await deps.trustedPlace(body.channel_id);
        const answer = await runAccessCommand(deps, command, { by, triggerId: body.trigger_id });
        return ack(answer === null ? undefined : { response_type: "ephemeral", ...answer });
      }
      case "grant": {
        await deps.trustedPlace(body.channel_id);
        const typed = { by, triggerId: body.trigger_id, text: command.text };
        return giveAsTyped(deps, typed, (message) => (message === null ? ack() : ack({ response_type: "ephemeral", ...message })));
      }
      case "break-glass":
        await ack();
        await deps.trustedPlace(body.channel_id);
        return openBreakGlass(deps, { by, triggerId: body.trigger_id, text: command.text });
      case "config":
        await ack();
        await deps.trustedPlace(body.channel_id);
        return openRulesList(deps, by, body.trigger_id);
      case "consoles":
        await ack();
        await deps.trustedPlace(body.channel_id);
        return openConsoles(deps, { by, triggerId: body.trigger_id, text: command.text });
      case "credentials":
        await ack();
        await deps.trustedPlace(body.channel_id);
        return openCredentials(deps, { by, triggerId: body.trigger_id, words: command.text });
      case "policy":
        await ack();
        await deps.trustedPlace(body.channel_id);
        return openPolicy(deps, { by, triggerId: body.trigger_id });
      case "findings":
        await ack();
        await deps.trustedPlace(body.channel_id);
        return openFindings(deps, by, body.trigger_id);
      case "reconcile": {
        const [, language] = await Promise.all([deps.services.findings.startPass({ by }), texts(), deps.trustedPlace(body.channel_id)]);
        return ack({ response_type: "ephemeral", ...passStarted(language) });
      }
      case "help":
        return ack({ response_type: "ephemeral", ...helpMessage(await texts()) });
      case "unknown":
        throw new PortcullisError("command_not_understood", { params: { text: command.text } });
    }
  });
};
