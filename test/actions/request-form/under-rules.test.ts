import type { ModalView } from "@slack/types";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SimInput } from "../../../sandbox/slack/control.ts";
import { PEOPLE } from "../../../sandbox/slack/seed.ts";
import { openRequestForm } from "../../../src/actions/request-form/open-request-form.ts";
import { registerRequestForm } from "../../../src/actions/request-form/register-request-form.ts";
import { divideRequest } from "../../../src/services/access/divide-request.ts";
import { withoutEffect } from "../../../src/services/coverage/without-effect.ts";
import { en } from "../../../src/texts/en.ts";
import { BLOCK, CALLBACK } from "../../../src/views/ids.ts";
import { aHouse, type House } from "../../services/access/a-house.ts";
import { startShell } from "../../support/slack-shell.ts";
import { wordsIn } from "../../views/block-kit.ts";

const { id: userId, teamId } = PEOPLE.requester;

let house: House;
beforeAll(async () => {
  house = await aHouse();
  const ana = house.known.get("UANA");
  if (ana !== undefined) house.known.set(userId, { ...ana, userId, teamId });
});
afterAll(() => house.close());
beforeEach(() => house.dropRules());

/** The real form, in the simulated workspace, over the real use-case and its store. */
async function open(text: string) {
  const { workspace } = await startShell({
    mode: "http",
    register: (app, slack) => {
      const deps = {
        services: {
          people: house.ports.people,
          catalog: house.catalog,
          catalogAge: () => null,
          access: { submit: house.submit, divide: divideRequest(house) },
          coverage: { withoutEffect: withoutEffect(house) },
        },
        client: slack.clients.interactive,
        directory: slack.directory,
        clock: house.clock,
        log: house.ports.log,
      };
      registerRequestForm(app, deps);
      app.shortcut("open", async ({ ack, body }) => {
        await openRequestForm(deps, { by: { teamId, userId }, triggerId: body.trigger_id, text });
        await ack();
      });
    },
  });
  await workspace.control.shortcut({ userId, callbackId: "open" });
  return {
    view: async (): Promise<ModalView | undefined> => {
      const view = (await workspace.control.state()).views[userId]?.at(-1)?.view;
      return view?.type === "modal" ? view : undefined;
    },
    submit: (values: SimInput = {}) => workspace.control.submit({ userId, values }),
    refusals: async () => (await workspace.control.state()).refusals,
  };
}

const requests = () => house.db.selectFrom("request").select(["number", "consoles", "batch_size", "reason"]).orderBy("number").execute();

/** Contract: from the form to the store, nothing is asked for that the rules of its consoles do not allow, and the form says why. */
describe("a form that is sent under rules", () => {
  it("says that two requests come of it, and two do", async () => {
    await house.writeRules("SEGMENT_GROUP", "grp-1", { approvers: ["UCHI"] });
    const form = await open("db-prod, hmi-line-4 for 2h because OPS-77");
    expect(wordsIn(await form.view())).toContain(en.form.divided(2));
    expect((await form.submit()).errors).toBeNull();
    expect(await form.view()).toBeUndefined();
    const made = (await requests()).filter(({ reason }) => reason === "OPS-77");
    expect(made).toMatchObject([
      { consoles: [{ name: "db-prod" }], batch_size: 2 },
      { consoles: [{ name: "hmi-line-4" }], batch_size: 2 },
    ]);
    expect(await form.refusals()).toEqual([]);
  });

  const others = { [BLOCK.beneficiary]: { beneficiary: { type: "users_select", selected_user: "UBEN" } } };
  it.each<[string, object, SimInput, string, string]>([
    ["who may ask", { ask: { who: ["UBEN"] } }, {}, BLOCK.consoles, "These may: Ben."],
    ["for whom", { ask: { forOthers: ["UCHI"] } }, others, BLOCK.beneficiary, "These may ask for somebody else: Chiyo."],
    ["for how long", { longestWindowHours: 1 }, {}, BLOCK.duration, "allow 1 hour at most"],
    ["with which ticket", { ticketPattern: "INC\\d{4}" }, {}, BLOCK.reason, "must match the pattern INC\\d{4}"],
  ])("says at its field: %s", async (_, rules, values, block, words) => {
    await house.writeRules("APPLICATION_SEGMENT", "seg-1", rules);
    const before = await requests();
    const form = await open("db-prod, hmi-line-4 for 2h because OPS-78");
    expect((await form.submit(values)).errors).toEqual({ [block]: expect.stringContaining(words) });
    expect(await requests()).toEqual(before);
    expect((await form.view())?.callback_id).toBe(CALLBACK.requestForm);
  });

  it("says with a reference that the rules which count cannot be read, and keeps the form", async () => {
    await house.writeRules("APPLICATION_SEGMENT", "seg-1", { approvers: "everyone" });
    const before = await requests();
    const form = await open("db-prod for 2h because OPS-79");
    expect(wordsIn(await form.view())).toContain("The rules of approval for APPLICATION_SEGMENT seg-1 cannot be read");
    await form.submit();
    const shown = await form.view();
    expect(shown?.callback_id).toBe(CALLBACK.notice);
    expect(wordsIn(shown)).toMatch(/cannot be read.*Reference: /su);
    expect(await requests()).toEqual(before);
  });
});
