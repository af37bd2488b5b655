import type { ModalView } from "@slack/types";
import { describe, expect, it } from "vitest";
import type { SimInput } from "../../../sandbox/slack/control.ts";
import { PEOPLE } from "../../../sandbox/slack/seed.ts";
import { openRequestForm } from "../../../src/actions/request-form/open-request-form.ts";
import { registerRequestForm } from "../../../src/actions/request-form/register-request-form.ts";
import { PortcullisError } from "../../../src/errors.ts";
import type { CatalogConsole } from "../../../src/services/catalog/catalog.ts";
import type { SubmitRequest } from "../../../src/services/services.ts";
import { en } from "../../../src/texts/en.ts";
import { BLOCK, CALLBACK } from "../../../src/views/ids.ts";
import { keptLog } from "../../support/silent-log.ts";
import { startShell } from "../../support/slack-shell.ts";
import { wordsIn } from "../../views/block-kit.ts";
import { now } from "./fixtures.ts";
import { formServices, userId } from "./form-services.ts";

interface Opened {
  readonly submitted: SubmitRequest[];
  readonly view: () => Promise<ModalView | undefined>;
  readonly choose: (blockId: string, actionId: string, element: Record<string, unknown>) => Promise<void>;
  readonly options: (blockId: string, actionId: string, value: string) => Promise<readonly string[]>;
  readonly submit: (values: SimInput) => Promise<Record<string, string> | null>;
  readonly refusals: () => Promise<readonly unknown[]>;
}

/** The real Slack shell in the simulated workspace; a shortcut opens the form. */
async function open(text: string, over: Parameters<typeof formServices>[0] = {}, mode: "http" | "socket" = "http"): Promise<Opened> {
  const { submitted, services } = formServices(over);
  const { workspace } = await startShell({
    mode,
    register: (app, slack) => {
      const deps = {
        services,
        client: slack.clients.interactive,
        directory: slack.directory,
        clock: { now: () => now },
        log: keptLog().log,
      };
      registerRequestForm(app, deps);
      app.shortcut("open", async ({ ack, body }) => {
        await openRequestForm(deps, { by: { teamId: body.user.team_id ?? "", userId }, triggerId: body.trigger_id, text });
        await ack();
      });
    },
  });
  await workspace.control.shortcut({ userId, callbackId: "open" });
  const top = async () => (await workspace.control.state()).views[userId]?.at(-1);
  return {
    submitted,
    view: async () => {
      const view = (await top())?.view;
      return view?.type === "modal" ? view : undefined;
    },
    choose: async (blockId, actionId, element) => {
      const before = (await top())?.hash;
      await workspace.control.viewAction({ userId, surface: "modal", blockId, actionId, element, values: {} });
      // The form is drawn anew after the ack.
      while ((await top())?.hash === before) await new Promise((resolve) => setImmediate(resolve));
    },
    options: async (blockId, actionId, value) =>
      (await workspace.control.options({ userId, surface: "modal", blockId, actionId, value })).options.map((each) => each.value),
    submit: async (values) => (await workspace.control.submit({ userId, values })).errors,
    refusals: async () => (await workspace.control.state()).refusals,
  };
}

const plainOption = (value: string, text: string) => ({ value, text: { type: "plain_text", text } });
const reason = { [BLOCK.reason]: { reason: { type: "plain_text_input", value: "OPS-123 <!channel>" } } };

describe("the request form in Slack", () => {
  it.each(["http", "socket"] as const)("opens filled in, is sent once and closes (%s)", async (mode) => {
    const form = await open("db-prod weekdays 9-17 Europe/Berlin for 2 weeks because OPS-123", {}, mode);
    expect((await form.view())?.callback_id).toBe(CALLBACK.requestForm);
    expect(wordsIn(await form.view())).toContain("Mon, 16 Mar 2026, 09:00–17:00 (Europe/Berlin)");
    expect(wordsIn(await form.view())).toContain("db-replica");
    expect(await form.submit({})).toBeNull();
    expect(await form.view()).toBeUndefined();
    expect(form.submitted).toEqual([
      {
        by: { teamId: PEOPLE.requester.teamId, userId },
        beneficiaryUserId: userId,
        consoleIds: ["id-db-prod"],
        time: {
          start: { kind: "onApproval" },
          end: { kind: "after", seconds: 1_209_600 },
          workingHours: { days: ["MON", "TUE", "WED", "THU", "FRI"], start: "09:00", end: "17:00", timeZone: "Europe/Berlin" },
        },
        reason: "OPS-123",
        submissionKey: expect.stringMatching(/^V/),
      },
    ]);
    expect(await form.refusals()).toEqual([]);
  });

  it("changes with the way of asking and keeps what was chosen before", async () => {
    const form = await open("db-prod for 90m because OPS-123");
    await form.choose(BLOCK.when, "when", { selected_option: plainOption("recurring", en.form.recurring) });
    await form.choose(BLOCK.hoursStart, "hours_start", { selected_time: "10:00" });
    expect(wordsIn(await form.view())).toContain("10:00–17:00 (Europe/Lisbon)");
    await form.choose(BLOCK.when, "when", { selected_option: plainOption("now", en.form.now) });
    await form.choose(BLOCK.when, "when", { selected_option: plainOption("recurring", en.form.recurring) });
    expect(wordsIn(await form.view())).toContain("10:00–17:00 (Europe/Lisbon)");
    expect(await form.submit({})).toBeNull();
    expect(form.submitted).toMatchObject([{ reason: "OPS-123", consoleIds: ["id-db-prod"], time: { workingHours: { start: "10:00" } } }]);
    expect(await form.refusals()).toEqual([]);
  });

  it("offers consoles and zones as a person types, and shows what else a console opens", async () => {
    const form = await open("");
    expect(await form.options(BLOCK.consoles, "consoles", "db")).toEqual(["id-db-prod", "id-db-replica"]);
    await form.choose(BLOCK.consoles, "consoles", { selected_options: [plainOption("id-db-prod", "db-prod")] });
    expect(wordsIn(await form.view())).toContain(en.form.alsoOpens);
    await form.choose(BLOCK.when, "when", { selected_option: plainOption("recurring", en.form.recurring) });
    expect((await form.options(BLOCK.timeZone, "time_zone", ""))[0]).toBe("Europe/Lisbon");
    expect(await form.options(BLOCK.timeZone, "time_zone", "berl")).toEqual(["Europe/Berlin"]);
  });

  it("says before it is sent when the chosen consoles fall under different rules", async () => {
    const divide = async (consoles: readonly CatalogConsole[]) => consoles.map((each) => ({ consoles: [each] }));
    const form = await open("", { divide });
    expect(wordsIn(await form.view())).not.toContain("different rules");
    const both = [plainOption("id-db-prod", "db-prod"), plainOption("id-web-1", "web-1")];
    await form.choose(BLOCK.consoles, "consoles", { selected_options: both });
    expect(wordsIn(await form.view())).toContain(en.form.divided(2));
    await form.choose(BLOCK.consoles, "consoles", { selected_options: both.slice(0, 1) });
    expect(wordsIn(await form.view())).not.toContain("different rules");
    expect(await form.refusals()).toEqual([]);
  });

  it("says before it is sent when the rules of the chosen consoles stand in the way, and opens without that line when nobody can tell", async () => {
    const refusing = (error: Error) => async () => {
      throw error;
    };
    const params = { console: "db-prod", other: "web-1" };
    const refused = await open("db-prod", { divide: refusing(new PortcullisError("rules_differ_on_segment", { params })) });
    expect(wordsIn(await refused.view())).toContain("db-prod and web-1 open together");
    const unknown = await open("db-prod", { divide: refusing(new PortcullisError("database_unreachable")) });
    expect((await unknown.view())?.callback_id).toBe(CALLBACK.requestForm);
  });

  it.each([
    ["ask_for_others_not_allowed", "beneficiary", BLOCK.beneficiary],
    ["window_over_rules", "end", BLOCK.duration],
    ["ticket_missing", "reason", BLOCK.reason],
    ["ask_not_allowed", "consoles", BLOCK.consoles],
  ] as const)("shows at its field what the rules refuse: %s", async (code, field, block) => {
    const params = { consoles: "db-prod", who: "Ben Okafor", limit: 2, pattern: "INC\\d+" };
    const form = await open("db-prod because OPS-123", {
      submit: () => {
        throw new PortcullisError(code, { field, params });
      },
    });
    expect(await form.submit({})).toEqual({ [block]: expect.stringContaining("db-prod") });
  });

  it("says what is wrong at its fields, and nothing is written", async () => {
    const form = await open("db-prod because OPS-123");
    await form.choose(BLOCK.when, "when", { selected_option: plainOption("recurring", en.form.recurring) });
    const sameTimes = { [BLOCK.hoursEnd]: { hours_end: { type: "timepicker", selected_time: "09:00" } } };
    expect(await form.submit(sameTimes)).toEqual({ [BLOCK.hoursEnd]: en.errors.working_hours_empty(String) });
    expect(form.submitted).toEqual([]);
    expect(await form.view()).toBeDefined();
  });

  it("shows what a service refuses at its field", async () => {
    const refuse = () => {
      throw new PortcullisError("console_disabled", { field: "consoles", params: { console: "db-prod" } });
    };
    const form = await open("db-prod because OPS-123", { submit: refuse });
    expect(await form.submit({})).toEqual({ [BLOCK.consoles]: expect.stringMatching(/^db-prod is switched off/) });
  });

  it("shows what belongs to no field above the form, and keeps what was typed", async () => {
    const refuse = () => {
      throw new PortcullisError("no_approver");
    };
    const form = await open("db-prod", { submit: refuse });
    expect(await form.submit(reason)).toBeNull();
    const view = await form.view();
    expect(wordsIn(view?.blocks[0])).toContain(en.errors.no_approver(String));
    expect(JSON.stringify(view)).toContain('"initial_value":"OPS-123 <!channel>"');
    expect(await form.refusals()).toEqual([]);
  });

  it("says above the form what of the command it could not fill in", async () => {
    const form = await open("nowhere-9 for 2h");
    expect(wordsIn((await form.view())?.blocks[0])).toContain("No console is named “nowhere-9”.");
  });

  it("tells a person who is not trusted why there is no form", async () => {
    const form = await open("", {
      trusted: () => {
        throw new PortcullisError("person_is_guest", { params: { name: "Gil Guest" } });
      },
    });
    expect((await form.view())?.callback_id).toBe(CALLBACK.notice);
    expect(wordsIn(await form.view())).toContain("Gil Guest is a guest in this workspace.");
  });
});
