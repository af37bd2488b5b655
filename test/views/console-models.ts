import type {
  ConsoleDetails,
  ConsoleRoom,
  ConsolesPage,
  ConsolesPlan,
  MadeConsoles,
  NewConsoles,
  SegmentAccess,
  SwitchedConsole,
  SwitchPlan,
} from "../../src/services/consoles/consoles.ts";
import type { PraConsole } from "../../src/services/zpa/consoles/console.ts";
import { at, consoleNamed } from "./models.ts";

const db = consoleNamed("db-prod");
const bench = { id: "9002", name: "Test bench", domain: "bench-1.lab.acme.example", protocol: "SSH" };

export const aConsolesPage = (over: Partial<ConsolesPage> = {}): ConsolesPage => ({
  place: { words: "", filter: "OPEN", page: 0 },
  consoles: [db],
  total: 1,
  pages: 1,
  isAdmin: true,
  ...over,
});

export const someAccess = (over: Partial<SegmentAccess> = {}): SegmentAccess => ({
  ours: [
    {
      label: "PRA-1042",
      email: "ana@example.com",
      start: at("2026-11-22T08:00:00Z"),
      end: at("2026-11-22T16:00:00Z"),
      workingHours: null,
      standing: "OPEN",
      isListed: true,
    },
  ],
  foreign: [],
  read: { from: "zpa" },
  ...over,
});

export const someConsoleDetails = (over: Partial<ConsoleDetails> = {}): ConsoleDetails => ({
  console: db,
  alongside: [consoleNamed("db-prod-replica")],
  admin: { access: someAccess(), isEnabled: true },
  ...over,
});

export const aConsoleRoom = (over: Partial<ConsoleRoom> = {}): ConsoleRoom => ({
  microtenants: [
    { id: null, name: "Default" },
    { id: "77", name: "Plant" },
  ],
  microtenantId: null,
  microtenantName: "Default",
  applications: [bench],
  portals: [
    { id: "31", name: "Infrastructure portal" },
    { id: "32", name: "Plant portal" },
  ],
  ...over,
});

export const newConsoles = (over: Partial<NewConsoles> = {}): NewConsoles => ({
  microtenantId: null,
  applicationIds: [bench.id],
  portalIds: ["31"],
  pattern: "{host}",
  ...over,
});

export const aConsolesPlan = (over: Partial<ConsolesPlan> = {}): ConsolesPlan => ({
  wanted: newConsoles(),
  microtenantName: "Default",
  consoles: [{ name: "bench-1", application: bench }],
  portals: [{ id: "31", name: "Infrastructure portal" }],
  seal: "5ea1",
  ...over,
});

export const aPraConsole = (over: Partial<PraConsole> = {}): PraConsole => ({
  id: "70001",
  name: "bench-1",
  description: null,
  enabled: true,
  praApplicationId: bench.id,
  portalIds: ["31"],
  microtenantId: null,
  segmentId: "9001",
  domain: bench.domain,
  protocol: "SSH",
  portals: [{ id: "31", name: "Infrastructure portal" }],
  raw: {},
  ...over,
});

export const someMadeConsoles = (): MadeConsoles => ({ kind: "made", read: [aPraConsole()], asIntended: true, isRecordedWhole: true });

export const aSwitchPlan = (over: Partial<SwitchPlan> = {}): SwitchPlan => ({
  console: db,
  to: "disabled",
  access: someAccess(),
  seal: "5ea1",
  ...over,
});

export const aSwitched = (): SwitchedConsole => ({
  kind: "switched",
  read: aPraConsole({ id: db.id, name: db.name, enabled: false }),
  asIntended: true,
  isRecordedWhole: true,
});
