import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PEOPLE } from "../../../sandbox/slack/seed.ts";
import type { SimulatedSlack } from "../../../sandbox/slack/server.ts";
import { freshTrigger, handClock, outcome, payloadOf, type RecordingApp, startRecordingApp, webClient } from "./recording-app.ts";
import { startWorkspace } from "./tiny-app.ts";

const userId = PEOPLE.requester.id;
const clock = handClock();
let slack: SimulatedSlack;
let app: RecordingApp;
let client: WebClient;

beforeEach(async () => {
  app = await startRecordingApp();
  slack = await startWorkspace({ deliverTo: app.url, clock });
  client = webClient(slack);
});
afterEach(async () => {
  await slack.close();
  await app.close();
});

const modal = (more: Partial<ModalView> = {}): ModalView => ({
  type: "modal",
  title: { type: "plain_text", text: "Ask" },
  submit: { type: "plain_text", text: "Send" },
  blocks: [
    {
      type: "input",
      block_id: "reason",
      label: { type: "plain_text", text: "Reason" },
      element: { type: "plain_text_input", action_id: "text", initial_value: "because" },
    },
    {
      type: "actions",
      block_id: "when",
      elements: [{ type: "button", action_id: "now", text: { type: "plain_text", text: "Now" }, value: "1" }],
    },
  ],
  ...more,
});
const open = async (view: ModalView = modal()) => client.views.open({ trigger_id: await freshTrigger(slack, app), view });
const push = async (view: ModalView = modal()) => client.views.push({ trigger_id: await freshTrigger(slack, app), view });

describe("a trigger", () => {
  it("opens one modal and no second", async () => {
    const trigger_id = await freshTrigger(slack, app);
    expect(await outcome(client.views.open({ trigger_id, view: modal() }))).toBe("ok");
    expect(await outcome(client.views.open({ trigger_id, view: modal() }))).toBe("exchanged_trigger_id");
  });

  it("is good for three seconds and not a millisecond more", async () => {
    const inTime = await freshTrigger(slack, app);
    clock.pass(3000);
    expect(await outcome(client.views.open({ trigger_id: inTime, view: modal() }))).toBe("ok");
    const late = await freshTrigger(slack, app);
    clock.pass(3001);
    expect(await outcome(client.views.open({ trigger_id: late, view: modal() }))).toBe("expired_trigger_id");
  });

  it("cannot be made up", async () => {
    expect(await outcome(client.views.open({ trigger_id: "1.2.abc", view: modal() }))).toBe("invalid_trigger_id");
  });
});

describe("the stack of modals", () => {
  it("holds three and comes down one by one", async () => {
    await open();
    await push();
    await push();
    expect(await outcome(push())).toBe("push_limit_reached");
    await slack.control.close({ userId });
    expect((await slack.control.state()).views[userId]).toHaveLength(2);
  });

  it("clears at once when the top modal says so, and tells the app if it asked to know", async () => {
    await open();
    await push(modal({ clear_on_close: true, notify_on_close: true }));
    await slack.control.close({ userId });
    expect((await slack.control.state()).views).toEqual({});
    expect(payloadOf(app.received.at(-1))).toMatchObject({ type: "view_closed", is_cleared: true, user: { id: userId } });
  });
});

describe("a change to an open modal", () => {
  it("needs the hash of what it changes, when it gives one", async () => {
    const { view } = await open();
    const view_id = view?.id ?? "";
    expect(await outcome(client.views.update({ view_id, hash: view?.hash ?? "", view: modal() }))).toBe("ok");
    expect(await outcome(client.views.update({ view_id, hash: view?.hash ?? "", view: modal() }))).toBe("hash_conflict");
  });

  it("keeps what a person typed where block and action keep their ids, and there alone", async () => {
    const { view } = await open();
    await slack.control.viewAction({
      userId,
      surface: "modal",
      blockId: "when",
      actionId: "now",
      values: { reason: { text: { value: "OPS-7" } } },
    });
    expect(payloadOf(app.received.at(-1))).toMatchObject({ view: { state: { values: { reason: { text: { value: "OPS-7" } } } } } });
    const renamed = modal().blocks.map((block) => (block.block_id === "reason" ? { ...block, block_id: "why" } : block));
    const [same, other] = [modal(), modal({ blocks: renamed })];
    expect((await client.views.update({ view_id: view?.id ?? "", view: same })).view?.state).toMatchObject({
      values: { reason: { text: { value: "OPS-7" } } },
    });
    expect((await client.views.update({ view_id: view?.id ?? "", view: other })).view?.state).toMatchObject({
      values: { why: { text: { value: "because" } } },
    });
  });

  it("is refused once the modal is gone", async () => {
    const { view } = await open();
    await slack.control.close({ userId });
    expect(await outcome(client.views.update({ view_id: view?.id ?? "", view: modal() }))).toBe("not_found");
  });
});

describe("a view that Slack would not take", () => {
  const answers: [name: string, view: ModalView, error: string][] = [
    ["a title over 24 characters", modal({ title: { type: "plain_text", text: "x".repeat(25) } }), "invalid_arguments"],
    ["inputs without a submit button", modal({ submit: undefined }), "invalid_arguments"],
    ["private metadata over 3000 characters", modal({ private_metadata: "x".repeat(3001) }), "invalid_arguments"],
    ["a block of markdown, which modals do not show", modal({ blocks: [{ type: "markdown", text: "x" }] }), "invalid_arguments"],
    [
      "more than 250 kB",
      modal({ blocks: Array(100).fill({ type: "section", text: { type: "mrkdwn", text: "x".repeat(3000) } }) }),
      "view_too_large",
    ],
  ];
  it.each(answers)("%s", async (_, view, error) => {
    expect(await outcome(open(view))).toBe(error);
    expect((await slack.control.state()).refusals).toMatchObject([{ method: "views.open", error }]);
  });

  it("an external id that is in use", async () => {
    await open(modal({ external_id: "only-one" }));
    expect(await outcome(push(modal({ external_id: "only-one" })))).toBe("duplicate_external_id");
  });
});

describe("a submission", () => {
  it("is held back by the client while a required field is empty", async () => {
    await open();
    const before = app.received.length;
    const { errors } = await slack.control.submit({ userId, values: { reason: { text: { value: null } } } });
    expect(errors).toEqual({ reason: "Please complete this required field." });
    expect(app.received).toHaveLength(before);
  });

  it("is answered with another view in place of the first, on top of it, or with none", async () => {
    await open();
    const answer = (body: object) => {
      app.answer = { status: 200, body: JSON.stringify(body) };
    };
    answer({ response_action: "update", view: modal({ title: { type: "plain_text", text: "Second" } }) });
    await slack.control.submit({ userId, values: {} });
    answer({ response_action: "push", view: modal({ title: { type: "plain_text", text: "Third" } }) });
    await slack.control.submit({ userId, values: {} });
    const { views } = await slack.control.state();
    expect(views[userId]?.map(({ view }) => view.type === "modal" && view.title.text)).toEqual(["Second", "Third"]);
    answer({ response_action: "clear" });
    await slack.control.submit({ userId, values: {} });
    expect((await slack.control.state()).views).toEqual({});
  });

  it("keeps the modal and lists the mistake when an error names no input block", async () => {
    await open();
    app.answer = { status: 200, body: JSON.stringify({ response_action: "errors", errors: { when: "No." } }) };
    expect(await slack.control.submit({ userId, values: {} })).toMatchObject({ status: "refused", errors: null });
    const { views, refusals } = await slack.control.state();
    expect(views[userId]).toHaveLength(1);
    expect(refusals).toMatchObject([{ error: "invalid_errors", detail: "no input block: when" }]);
  });
});

describe("the App Home", () => {
  it("is published to a person and opened by them", async () => {
    const view = { type: "home" as const, blocks: [{ type: "divider" as const }] };
    const published = await client.views.publish({ user_id: userId, view });
    expect(await outcome(client.views.publish({ user_id: userId, view, hash: "1.old" }))).toBe("hash_conflict");
    await slack.control.openHome({ userId });
    expect(JSON.parse(app.received.at(-1)?.body ?? "")).toMatchObject({
      type: "event_callback",
      event: { type: "app_home_opened", tab: "home", user: userId, view: { id: published.view?.id } },
    });
  });
});
