import type { KnownBlock, ModalView } from "@slack/types";
import { describe, expect, it } from "vitest";
import type { ConsoleTarget, SegmentAccess } from "../../src/services/consoles/consoles.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { consoleDetails } from "../../src/views/consoles/console-details.ts";
import { CONSOLES_SHOWN, consolesList } from "../../src/views/consoles/consoles-list.ts";
import { makeConsolesForm } from "../../src/views/consoles/make-form.ts";
import { madeConsoles, madePage, makeReview } from "../../src/views/consoles/make-review.ts";
import { switchedConsole, switchedPage, switchForm } from "../../src/views/consoles/switch-form.ts";
import { ACTION } from "../../src/views/ids.ts";
import { actionIds, expectMessage, expectView, markupIn, wordsIn } from "./block-kit.ts";
import {
  aConsoleRoom,
  aConsolesPage,
  aConsolesPlan,
  aPraConsole,
  aSwitched,
  aSwitchPlan,
  newConsoles,
  someAccess,
  someConsoleDetails,
  someMadeConsoles,
} from "./console-models.ts";
import { at, consoleNamed } from "./models.ts";

const en = textsFor("en");
const languages = [en, textsFor("de")];
/** Of the buttons and menus in a view. */
const idsIn = (view: ModalView) => actionIds(view.blocks as readonly KnownBlock[]);
const long = `<!channel> ${"ü".repeat(400)}`;
const portals = Array.from({ length: 30 }, (_, n) => ({ id: String(n), name: `${n} ${long}`, url: "https://pra.example.com" }));
const large = consoleNamed(long, {
  id: "216196257331400005",
  description: long,
  segmentName: long,
  segmentGroupName: long,
  microtenantName: long,
  microtenantId: "77",
  domain: long,
  portals,
});
const hours = {
  days: ["MON", "TUE", "WED", "THU", "FRI"],
  start: "09:00",
  end: "17:00",
  timeZone: "America/Argentina/ComodRivadavia",
  startTimeCron: "0 0 8 ? * MON",
  endTimeCron: "0 0 16 ? * MON",
} as const;
const span = { start: at("2026-11-22T08:00:00Z"), end: at("2026-11-22T16:00:00Z"), workingHours: { ...hours, days: [...hours.days] } };
const crowded: SegmentAccess = {
  ours: Array.from({ length: 300 }, (_, n) => ({
    ...span,
    label: `PRA-${n}`,
    email: `${n}${"x".repeat(200)}@example.com`,
    standing: (["OPEN", "LATER", "UNPROVEN", "ENDING"] as const)[n % 4] ?? "OPEN",
    isListed: n % 3 === 0 ? false : null,
  })),
  foreign: Array.from({ length: 300 }, (_, n) => ({ ...span, zpaId: String(n), emails: [long, long] })),
  read: { from: "comparison", at: at("2026-11-22T10:00:00Z") },
};
const manyTargets: readonly ConsoleTarget[] = Array.from({ length: 400 }, (_, n) => ({
  id: `21619625733140${1000 + n}`,
  name: long,
  domain: `host-${n}.${long}`,
  protocol: "SSH",
}));

describe("the list of consoles", () => {
  it("keeps to Slack's limits however many consoles there are and whatever they are called, in both languages", () => {
    const consoles = Array.from({ length: CONSOLES_SHOWN }, (_, n) => ({ ...large, id: `216196257331400${100 + n}` }));
    const age = { readAt: at("2026-11-22T10:00:00Z"), isOld: false };
    for (const texts of languages)
      for (const isAdmin of [true, false])
        for (const place of [
          { words: '"'.repeat(100), filter: "SWITCHED_OFF", page: 5 },
          { words: "", filter: "OPEN", page: 0 },
        ] as const) {
          const view = consolesList({ place, consoles, total: 50_000, pages: 5_000, isAdmin }, age, texts);
          expectView(view);
          expect(markupIn(view.blocks)).toEqual([]);
        }
    expectView(consolesList(aConsolesPage({ consoles: [], total: 0 }), null, en));
  });

  it("lets everybody look and open a portal, and administrators alone do more", () => {
    const theirs = consolesList(aConsolesPage({ isAdmin: false }), null, en);
    expect(idsIn(theirs)).toEqual([ACTION.consoleOpen, `${ACTION.openPortal}_0`]);
    expect(JSON.stringify(theirs)).toContain("https://pra.example.com");
    expect(idsIn(consolesList(aConsolesPage(), null, en))).toEqual([
      ACTION.consolesFilter,
      ACTION.consolesNew,
      ACTION.consoleOpen,
      `${ACTION.openPortal}_0`,
    ]);
  });

  it("leads from page to page", () => {
    const ids = (page: number) => idsIn(consolesList(aConsolesPage({ place: { words: "", filter: "OPEN", page }, pages: 3 }), null, en));
    expect(ids(0)).not.toContain(`${ACTION.consolesMove}_previous`);
    expect(ids(1)).toEqual(expect.arrayContaining([`${ACTION.consolesMove}_previous`, `${ACTION.consolesMove}_next`]));
    expect(ids(2)).not.toContain(`${ACTION.consolesMove}_next`);
  });
});

describe("one console", () => {
  it("keeps to Slack's limits whoever has access", () => {
    const alongside = Array.from({ length: 200 }, () => large);
    for (const texts of languages)
      for (const read of [crowded.read, { from: "zpa" }, { from: "nowhere" }] as const)
        for (const isEnabled of [true, false, null]) {
          const view = consoleDetails({ console: large, alongside, admin: { access: { ...crowded, read }, isEnabled } }, texts);
          expectView(view);
          expect(markupIn(view.blocks)).toEqual([]);
          expectView(switchForm(aSwitchPlan({ console: large, access: { ...crowded, read } }), texts));
        }
  });

  it("says nothing of who has access to others than administrators, and has no switch for them", () => {
    const view = consoleDetails(someConsoleDetails({ admin: null }), en);
    expect(wordsIn(view.blocks)).not.toContain("ana@example.com");
    expect(idsIn(view)).toEqual([`${ACTION.openPortal}_0`]);
  });

  it("says who has access, until when and by which request, and what is not known", () => {
    const words = wordsIn(consoleDetails(someConsoleDetails(), en).blocks);
    expect(words).toContain("ana@example.com");
    expect(words).toContain("PRA-1042");
    expect(words).toContain(en.consoles.foreignNone);
    expect(words).toContain(en.consoles.notKnown);
    const nowhere = someAccess({ ours: [], read: { from: "nowhere" } });
    const unknown = wordsIn(consoleDetails(someConsoleDetails({ admin: { access: nowhere, isEnabled: null } }), en).blocks);
    expect(unknown).toContain(en.consoles.foreignUnknown);
    expect(unknown).toContain(en.consoles.unread);
    expect(unknown).not.toContain(en.consoles.foreignNone);
  });

  it("offers the switch that ZPA's word calls for, also where the list is behind", () => {
    const off = consoleNamed("db-prod", { enabled: false });
    const ids = (console: typeof off, isEnabled: boolean | null) =>
      idsIn(consoleDetails(someConsoleDetails({ console, admin: { access: someAccess(), isEnabled } }), en));
    expect(ids(off, true)).toContain(ACTION.consoleDisable);
    expect(ids(off, false)).toContain(ACTION.consoleEnable);
    expect(ids(off, null)).toContain(ACTION.consoleEnable);
    expect(ids(consoleNamed("db-prod"), false)).toContain(ACTION.consoleEnable);
  });

  it("warns before it is switched off that nobody's access ends by it, and who has some", () => {
    const words = wordsIn(switchForm(aSwitchPlan(), en).blocks);
    expect(words).toContain(en.consoles.switchKeeps);
    expect(words).toContain("ana@example.com");
    expect(wordsIn(switchForm(aSwitchPlan({ to: "enabled" }), en).blocks)).not.toContain(en.consoles.switchKeeps);
  });

  it("says what became of the switch, as ZPA says", () => {
    for (const texts of languages) {
      const read = aPraConsole({ name: long, enabled: false });
      for (const switched of [
        aSwitched(),
        { kind: "switched", read, asIntended: false, isRecordedWhole: false },
        { kind: "unknown", read, name: long, to: "enabled" },
        { kind: "unknown", read: null, name: long, to: "enabled" },
      ] as const) {
        expectMessage(switchedConsole(switched, texts));
        expectView(switchedPage(switched, texts));
      }
    }
    const lost = switchedConsole({ kind: "unknown", read: aPraConsole(), name: "bench-1", to: "disabled" }, en);
    expect(wordsIn(lost.blocks)).toContain(en.consoles.stands.enabled("bench-1"));
    expect(wordsIn(lost.blocks)).toContain(en.consoles.mayStillCome);
  });
});

describe("making consoles", () => {
  it("keeps to Slack's limits however much there is to choose from, on each of its pages", () => {
    const microtenants = [{ id: null, name: "Default" }, ...Array.from({ length: 200 }, (_, n) => ({ id: String(n), name: long }))];
    const places = portals.map(({ id, name }) => ({ id, name }));
    const manyPortals = Array.from({ length: 200 }, (_, n) => ({ id: String(n), name: long }));
    const chosen = manyTargets.slice(0, 50);
    const wanted = newConsoles({
      microtenantId: "145260601092866314",
      applicationIds: chosen.map(({ id }) => id),
      portalIds: Array.from({ length: 10 }, (_, n) => `2161962573314${10_000 + n}`),
      pattern: '"'.repeat(100),
    });
    const consoles = chosen.map((application) => ({ name: long.slice(0, 100), application }));
    for (const texts of languages) {
      const rooms = [
        aConsoleRoom(),
        aConsoleRoom({ microtenants, applications: manyTargets, portals: manyPortals, microtenantName: long }),
        aConsoleRoom({ applications: [] }),
        aConsoleRoom({ portals: [] }),
      ];
      for (const room of rooms) expectView(makeConsolesForm(room, texts));
      expectView(makeReview(aConsolesPlan({ wanted, consoles, portals: places, microtenantName: long }), texts));
      const read = Array.from({ length: 50 }, () => aPraConsole({ name: long, domain: long, portals: places }));
      for (const made of [
        someMadeConsoles(),
        { kind: "made", read, asIntended: false, isRecordedWhole: false },
        { kind: "unknown", found: read, notFound: read.map(({ name }) => name), wanted },
        { kind: "unknown", found: [], notFound: ["bench-1"], wanted },
        { kind: "unknown", found: read, notFound: [], wanted },
      ] as const) {
        expectMessage(madeConsoles(made, texts));
        expectView(madePage(made, texts));
      }
    }
  });

  it("has nothing to send where nothing can be made, and says why", () => {
    const view = makeConsolesForm(aConsoleRoom({ applications: [] }), en);
    expect(view.submit).toBeUndefined();
    expect(wordsIn(view.blocks)).toContain(en.consoles.applicationsNone("Default"));
    expect(wordsIn(makeConsolesForm(aConsoleRoom({ portals: [] }), en).blocks)).toContain(en.consoles.portalsNone("Default"));
  });

  it("chooses the only portal by itself, and none of several", () => {
    const one = aConsoleRoom({ portals: [{ id: "31", name: "Infrastructure portal" }] });
    expect(JSON.stringify(makeConsolesForm(one, en))).toContain("initial_options");
    expect(JSON.stringify(makeConsolesForm(aConsoleRoom(), en))).not.toContain("initial_options");
  });

  it("offers to look again only where something is not there", () => {
    const lost = { kind: "unknown", found: [], notFound: ["bench-1"], wanted: newConsoles() } as const;
    expect(idsIn(madePage(lost, en))).toEqual([ACTION.consolesLookFor]);
    expect(wordsIn(madePage(lost, en).blocks)).toContain(en.consoles.lostBefore);
    expect(idsIn(madePage({ ...lost, found: [aPraConsole()], notFound: [] }, en))).toEqual([]);
  });
});
