/** Contract: a result and a list reach the person where they are: in the modal that is open, and where it is not, in their messages. */
import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { systemClock } from "../../src/clock.ts";
import type { BulkResult } from "../../src/services/approvals/bulk.ts";
import { QUEUE_START } from "../../src/services/approvals/queue.ts";
import { createQueueViews } from "../../src/services/approvals/queue-views.ts";
import { createQueueModal } from "../../src/slack/queue-modal.ts";
import { createShowBulkResult } from "../../src/slack/show-bulk-result.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { CALLBACK } from "../../src/views/ids.ts";
import { loadingView } from "../../src/views/loading.ts";
import { newMigratedFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";
import { type Shell, startShell } from "../support/slack-shell.ts";
import { aQueuePage, queueRowOf } from "../views/models.ts";

const { approver: ben, admin: dora } = PEOPLE;
const by = (person: { readonly id: string; readonly teamId: string }) => ({ teamId: person.teamId, userId: person.id });

/** The shell, with a command that opens a modal for whoever types it. */
async function open(person: { readonly id: string }): Promise<Shell & { readonly viewId: string }> {
  const shell = await startShell({
    mode: "http",
    register: (app, { clients }) => {
      app.command("/pra", async ({ ack, body }) => {
        await ack();
        await clients.interactive.views.open({ trigger_id: body.trigger_id, view: loadingView("One moment", textsFor("en")) });
      });
    },
  });
  await shell.workspace.control.command({ userId: person.id, channelId: CHANNELS.general.id, command: "/pra", text: "" });
  const viewId = await expect
    .poll(async () => (await shell.workspace.control.state()).views[person.id]?.[0]?.id)
    .toBeDefined()
    .then(async () => (await shell.workspace.control.state()).views[person.id]?.[0]?.id ?? "");
  return { ...shell, viewId };
}

const result = (viewId: string, person = ben): BulkResult => ({
  id: "b1",
  verdict: "approve",
  by: by(person),
  viewId,
  rows: [
    {
      item: { approvalId: crypto.randomUUID(), version: 1 },
      label: "PRA-1042",
      consoleNames: ["db-prod"],
      beneficiaryUserId: ben.id,
      failure: { code: "card_stale", params: {}, reference: "" },
    },
  ],
});

describe("the result of many decisions", () => {
  it("takes the place of the form while that is open", async () => {
    const { workspace, slack, viewId } = await open(ben);
    const { outbound, directory, clients } = slack;
    await createShowBulkResult({ client: clients.interactive, outbound, directory })(result(viewId));
    const { views, messages, refusals } = await workspace.control.state();
    expect(views[ben.id]?.[0]?.view.callback_id).toBe(CALLBACK.bulkResult);
    expect(JSON.stringify(views[ben.id]?.[0]?.view)).toContain("PRA-1042");
    expect(messages).toEqual([]);
    expect(refusals).toEqual([]);
  });

  it("comes as a direct message, in the person's language, once the form is closed", async () => {
    const { workspace, slack, viewId } = await open(dora);
    await workspace.control.close({ userId: dora.id });
    const { outbound, directory, clients } = slack;
    await createShowBulkResult({ client: clients.interactive, outbound, directory })(result(viewId, dora));
    const { messages } = await workspace.control.state();
    expect(messages).toHaveLength(1);
    expect(JSON.stringify(messages[0]?.blocks)).toContain(textsFor("de").bulk.notDone);
    expect(messages[0]?.text).toContain("Erledigt: 0 von 1.");
  });

  it("is tried again while Slack does not answer, and not sent elsewhere", async () => {
    const { workspace, slack, viewId } = await open(ben);
    const { outbound, directory, clients } = slack;
    await workspace.control.fault({ method: "views.update", kind: "500", times: 1 });
    const show = createShowBulkResult({ client: clients.interactive, outbound, directory });
    await expect(show(result(viewId))).rejects.toMatchObject({ code: "slack_unreachable" });
    expect((await workspace.control.state()).messages).toEqual([]);
  });
});

describe("the queue in an open modal", () => {
  it("is drawn anew where the person left it until they close it, and never ticked by itself", async () => {
    const data = await newMigratedFolder();
    const database = await openDatabase({ url: null, folder: data.folder, log: keptLog().log });
    try {
      const { workspace, slack, viewId } = await open(ben);
      const queueViews = createQueueViews({ db: database.db, clock: systemClock });
      const asked: unknown[] = [];
      let rows = [queueRowOf({ label: "PRA-1001" })];
      const modal = createQueueModal({
        client: slack.clients.interactive,
        directory: slack.directory,
        queue: async (query) => {
          asked.push(query.place);
          return aQueuePage(rows, { place: query.place });
        },
        queueViews,
      });
      const shown = async () => JSON.stringify((await workspace.control.state()).views[ben.id]?.[0]?.view);
      await modal.refresh(ben.id);
      expect(asked).toEqual([]);

      const place = { ...QUEUE_START, filter: "HIGH", ticked: true } as const;
      await modal.show(by(ben), viewId, place);
      expect(await shown()).toContain('"initial_options"');
      rows = [...rows, queueRowOf({ label: "PRA-1002", approvalId: crypto.randomUUID() })];
      await modal.refresh(ben.id);
      expect(await shown()).toContain("PRA-1002");
      expect(await shown()).not.toContain('"initial_options"');
      expect(asked).toEqual([place, { ...place, ticked: false }]);

      await workspace.control.close({ userId: ben.id });
      await modal.refresh(ben.id); // Slack says that it is gone
      await modal.refresh(ben.id);
      expect(asked).toHaveLength(3);
      expect(await queueViews.modal(ben.id)).toBeNull();
    } finally {
      await database.close();
      await data.remove();
    }
  });
});
