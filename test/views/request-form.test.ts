import type { KnownBlock, ModalView } from "@slack/types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WEEKDAYS } from "../../src/services/schedule/working-hours.ts";
import { en } from "../../src/texts/en.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { carried } from "../../src/views/button-value.ts";
import { durationText } from "../../src/views/durations.ts";
import { BLOCK } from "../../src/views/ids.ts";
import { requestForm } from "../../src/views/request-form.ts";
import { type Division, FormMemory, type FormTime, type Preview, type RequestFormModel } from "../../src/views/request-form-model.ts";
import { console, typedText } from "./arbitraries.ts";
import { expectView, markupIn, wordsIn } from "./block-kit.ts";
import { ana, at, consoleNamed } from "./models.ts";

const time: FormTime = {
  when: "now",
  durationSeconds: 14_400,
  start: null,
  end: null,
  notBefore: null,
  periodSeconds: 1_209_600,
  until: null,
  days: ["MON", "FRI"],
  hoursStart: "09:00",
  hoursEnd: "17:00",
  timeZone: "Europe/Berlin",
};
const person = { userId: ana.userId, timeZone: "Europe/Lisbon", locale: "en-GB" };
const opens: Preview = {
  kind: "opens",
  window: { start: at("2026-03-16T08:00:00Z"), end: at("2026-03-30T08:00:00Z") },
  openings: [{ start: at("2026-03-16T08:00:00Z"), end: at("2026-03-16T16:00:00Z") }],
  crons: { startTimeCron: "0 0 8 ? * MON,FRI", endTimeCron: "0 0 16 ? * MON,FRI" },
  timeZone: "Europe/Berlin",
};
const model = (over: Partial<RequestFormModel> = {}, timeOver: Partial<FormTime> = {}): RequestFormModel => ({
  person,
  draft: { beneficiaryUserId: null, consoleIds: [], time: { ...time, ...timeOver }, reason: "" },
  consoles: [],
  catalogAge: null,
  alsoOpens: [],
  withoutEffect: [],
  preview: { kind: "incomplete" },
  division: { kind: "parts", count: 1 },
  problems: [],
  ...over,
});
const blockIds = ({ blocks }: ModalView): string[] =>
  blocks.flatMap((block) => ("block_id" in block && block.block_id ? [block.block_id] : []));

const millisecond = fc.option(fc.integer({ min: 1_577_836_800_000, max: 2_050_000_000_000 }));
const clock = fc.option(fc.constantFrom("00:00", "09:30", "23:59"));
const anyTime: fc.Arbitrary<FormTime> = fc.record({
  when: fc.constantFrom("now", "later", "recurring"),
  durationSeconds: fc.oneof(fc.constant(14_400), fc.integer({ min: 1, max: 31_536_000 })),
  start: millisecond,
  end: millisecond,
  notBefore: millisecond,
  periodSeconds: fc.option(fc.integer({ min: 1, max: 31_536_000 })),
  until: fc.option(fc.constant("2026-12-31")),
  days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS)),
  hoursStart: clock,
  hoursEnd: clock,
  timeZone: fc.constantFrom("UTC", "America/Argentina/ComodRivadavia"),
});
const anyModel: fc.Arbitrary<RequestFormModel> = fc
  .record({
    time: anyTime,
    reason: typedText(1500),
    consoles: fc.uniqueArray(console, { maxLength: 100, selector: ({ id }) => id }),
    alsoOpens: fc.array(console, { maxLength: 30 }),
    preview: fc.oneof(
      fc.constant<Preview>({ kind: "incomplete" }),
      typedText(500).map((sentence): Preview => ({ kind: "refused", sentence })),
      fc.constant(opens),
    ),
    division: fc.oneof(
      fc.nat(100).map((count): Division => ({ kind: "parts", count })),
      typedText(500).map((sentence): Division => ({ kind: "refused", sentence })),
      fc.constant<Division>({ kind: "unknown" }),
    ),
    problems: fc.array(typedText(400), { maxLength: 20 }),
  })
  .map(({ time: formTime, reason, ...rest }) =>
    model({ ...rest, draft: { beneficiaryUserId: null, consoleIds: rest.consoles.map(({ id }) => id), time: formTime, reason } }),
  );

describe("the request form", () => {
  it("says before it is sent that several requests come of it, and nothing of one", () => {
    expect(wordsIn(requestForm(model({ division: { kind: "parts", count: 3 } }), en))).toContain(en.form.divided(3));
    expect(blockIds(requestForm(model(), en))).not.toContain(BLOCK.division);
  });

  it("says before it is sent that the rules stand in the way", () => {
    expect(wordsIn(requestForm(model({ division: { kind: "refused", sentence: "No rules." } }), en))).toContain("No rules.");
  });

  it("is taken by Slack whatever was typed, and its memory fits and can be read again", () => {
    fc.assert(
      fc.property(anyModel, fc.constantFrom("en", "de"), (form, locale) => {
        const view = requestForm(form, textsFor(locale));
        expectView(view);
        expect(carried(FormMemory).parse(view.private_metadata)).toMatchObject({ person, time: form.draft.time });
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["now", [BLOCK.duration]],
    ["later", [BLOCK.start, BLOCK.end]],
    ["recurring", [BLOCK.days, BLOCK.hoursStart, BLOCK.hoursEnd, BLOCK.timeZone, BLOCK.period, BLOCK.notBefore]],
  ] as const)("asks for %s with its own fields and no others", (when, fields) => {
    const view = requestForm(model({}, { when }), en);
    expect(blockIds(view)).toEqual([BLOCK.beneficiary, BLOCK.consoles, BLOCK.when, ...fields, BLOCK.preview, BLOCK.reason]);
  });

  it("asks for the last day when there is no length", () => {
    expect(blockIds(requestForm(model({}, { when: "recurring", periodSeconds: null }), en))).toContain(BLOCK.until);
  });

  it("shows the openings in the zone of the hours, in the person's own and in UTC, with the crons", () => {
    const words = markupIn(requestForm(model({ preview: opens }), en).blocks).join("\n");
    expect(words).toContain("Mon, 16 Mar 2026, 09:00–17:00 (Europe/Berlin)");
    expect(words).toContain("Mon, 16 Mar 2026, 08:00–16:00 (Europe/Lisbon)");
    expect(words).toContain("Mon, 16 Mar 2026, 08:00–16:00 (UTC)");
    expect(words).toContain("`0 0 8 ? * MON,FRI`");
  });

  it("says in the preview why it would not open", () => {
    expect(
      wordsIn(requestForm(model({ preview: { kind: "refused", sentence: "The end must be after the start." } }), en).blocks),
    ).toContain("The end must be after the start.");
  });

  it("keeps a duration that is not among those offered", () => {
    const view = requestForm(model({}, { durationSeconds: 5_400 }), en);
    expectView(view);
    expect(JSON.stringify(view.blocks)).toContain(
      '"initial_option":{"text":{"type":"plain_text","text":"90 minutes","emoji":false},"value":"5400"}',
    );
  });

  it("names the chosen consoles and what else they open", () => {
    const view = requestForm(model({ consoles: [consoleNamed("db-prod")], alsoOpens: [consoleNamed("db-replica")] }), en);
    expect(JSON.stringify(view.blocks)).toContain('"initial_options":[{"text":{"type":"plain_text","text":"db-prod"');
    expect(wordsIn(view.blocks)).toContain("db-replica");
  });

  it("shows problems first, literally, and counts those that do not fit", () => {
    const view = requestForm(model({ problems: ["<!channel> is no console", ...Array.from({ length: 11 }, (_, n) => `p${n}`)] }), en);
    const [first] = view.blocks as KnownBlock[];
    expect(first?.type).toBe("rich_text");
    expect(wordsIn(first)).toContain("<!channel> is no console");
    expect(wordsIn(first)).toContain("and 4 more");
  });
});

describe("a duration", () => {
  it.each([
    [60, "1 minute"],
    [5_400, "90 minutes"],
    [3_600, "1 hour"],
    [86_400, "1 day"],
    [259_200, "3 days"],
    [1_209_600, "2 weeks"],
    [90, "2 minutes"],
  ])("of %d seconds reads “%s”", (seconds, words) => {
    expect(durationText(seconds, en)).toBe(words);
  });
});
