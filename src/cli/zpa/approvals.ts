import { type Command, InvalidArgumentError } from "commander";
import { systemClock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import { checkRequestedTime } from "../../services/schedule/requested-time.ts";
import type { PrivilegedApproval, PrivilegedApprovalDraft, SortOption, ZpaClient } from "../../services/zpa/zpa-client.ts";
import { approvalToCreate, approvalToDelete, approvalToUpdate, expiredToDelete } from "../../services/zpa-admin/approval-writes.ts";
import { clockChangeLines, instantArgument, withCrons, workingHoursArgument } from "./approval-arguments.ts";
import type { Place, ZpaFlags, ZpaFrame } from "./frame.ts";
import { writes, writesAfterQuestion } from "./frame.ts";
import { registerGet } from "./get-command.ts";
import { idOf } from "./id-of.ts";
import { approvalLines, showApproval, showApprovals } from "./show-approval.ts";
import { sortArgument } from "./sort-argument.ts";

interface ApprovalFlags extends ZpaFlags {
  readonly page?: number;
  readonly pagesize?: number;
  readonly sort?: SortOption;
  readonly search?: string;
  readonly email?: string;
  readonly segment?: readonly string[];
  readonly start?: string;
  readonly end?: string;
  readonly workingHours?: string;
  readonly anyHour?: boolean;
}

const HOURS = "days/hours/zone, such as MON,TUE/09:00-17:00/Europe/Berlin; the crons are computed";
const PAST = `
What is written here passes no rule and no approver: it is for administrators, and the reconciler tells of it as foreign or changed.`;

/** `pra zpa approvals`: privileged approvals as ZPA has them. */
export function registerZpaApprovals(zpa: Command, frame: ZpaFrame): void {
  const approvals = zpa.command("approvals").description("privileged approvals as ZPA has them").addHelpText("after", PAST);
  const clock = systemClock;

  approvals
    .command("list")
    .description("list all of one microtenant, or one page, sorted and filtered by ZPA")
    .option("--page <number>", "which page, from 1", positive)
    .option("--pagesize <number>", "how many on a page, up to 500 (ZPA's own: 20)", pageSize)
    .option("--sort <field>", "a field of ZPA's, such as status, or status:desc", sortArgument)
    .option("--search <expression>", "a filter of ZPA's, such as 'status EQ ACTIVE'")
    .addHelpText("after", "\nExample:\n  $ pra zpa approvals list --page 1 --pagesize 50 --sort endTime:desc")
    .action(async (_: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ApprovalFlags>();
      const { page, pagesize, sort, search } = flags;
      const isWhole = [page, pagesize, sort, search].every((each) => each === undefined);
      await frame.read(flags, async (client, place) => {
        if (isWhole) {
          const items = await client.approvals.list({ ...place, priority: "read" });
          return showApprovals({ items, totalPages: null, totalCount: null }, { page: null, width: frame.width });
        }
        const asked = {
          ...(pagesize === undefined ? {} : { pageSize: pagesize }),
          ...(search === undefined ? {} : { search }),
        };
        const found = await client.approvals.page({ ...place, page: page ?? 1, ...asked, ...sort });
        return showApprovals(found, { page: page ?? 1, width: frame.width });
      });
    });

  registerGet(approvals, frame, {
    example: "20472 --json",
    look: async ({ approvals: api }, id, place) => showApproval(await api.get(id, place)),
  });

  writes(approvals.command("create"))
    .description("make one, past requests, rules and approvers")
    .requiredOption("--email <email>", "whose: one ZPA user")
    .requiredOption("--segment <id or name...>", "application segments of one microtenant")
    .option("--start <instant>", "ISO instant, or now", "now")
    .requiredOption("--end <instant>", "ISO instant")
    .option("--working-hours <hours>", HOURS)
    .addHelpText(
      "after",
      `${PAST}\n\nExample:\n  $ pra zpa approvals create --email ana@example.com --segment "Databases production" --end 2026-12-01T17:00:00Z \\\n      --working-hours MON,TUE/09:00-17:00/Europe/Berlin --dry-run`,
    )
    .action(async (_: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ApprovalFlags>();
      await frame.write(flags, {
        plan: async (client, place) => {
          const now = clock.now();
          const start = instantArgument(flags.start ?? "now", "--start", now);
          const end = instantArgument(flags.end ?? "", "--end", now);
          const hours = flags.workingHours === undefined ? null : workingHoursArgument(flags.workingHours);
          checkRequestedTime({ start: { kind: "at", at: start }, end: { kind: "at", at: end }, workingHours: hours }, now);
          const segmentIds = await segmentIdsOf(client, place, flags.segment ?? []);
          const workingHours = hours === null ? null : withCrons(hours, { start, end }, now);
          warnOfClocks(workingHours, { start, end }, now);
          return approvalToCreate(client.approvals, { email: flags.email ?? "", segmentIds, start, end, workingHours, ...place });
        },
        show: showApproval,
      });
    });

  writes(approvals.command("update"))
    .description("change one; what is not named stays as it is")
    .argument("<id>", "its id in ZPA")
    .option("--email <email>", "another ZPA user")
    .option("--segment <id or name...>", "these application segments in place of its own")
    .option("--start <instant>", "ISO instant; only while it has not started")
    .option("--end <instant>", "ISO instant, or now")
    .option("--working-hours <hours>", HOURS)
    .option("--any-hour", "without working hours from now on")
    .addHelpText("after", `${PAST}\n\nExample:\n  $ pra zpa approvals update 20472 --end 2026-12-01T17:00:00Z`)
    .action(async (id: string, _: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ApprovalFlags>();
      await frame.write(flags, {
        plan: async (client, place) => {
          const current = await client.approvals.get(id, place);
          const now = clock.now();
          const draft = await changed(client, place, { current, flags, now });
          warnOfClocks(draft.workingHours, draft, now);
          return approvalToUpdate(client.approvals, { current, draft });
        },
        show: showApproval,
      });
    });

  writesAfterQuestion(approvals.command("delete"))
    .description("delete one; whether that ends a live session ZPA does not say")
    .argument("<id>", "its id in ZPA")
    .addHelpText("after", "\nExample:\n  $ pra zpa approvals delete 20472")
    .action(async (id: string, _: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ApprovalFlags>();
      let asked: readonly string[] = [];
      await frame.write(flags, {
        plan: async (client, place) => {
          const current = await client.approvals.get(id, place);
          asked = [...approvalLines(current), "This privileged approval is going to be deleted."];
          return approvalToDelete(client.approvals, current);
        },
        ask: () => asked,
        show: (read) => (read === null ? { json: { deleted: id }, lines: [`Deleted: ${id}`] } : showApproval(read)),
      });
    });

  writesAfterQuestion(approvals.command("delete-expired"))
    .description("delete everything that is over in one microtenant, whoever made it")
    .addHelpText("after", "\nExample:\n  $ pra zpa approvals delete-expired --microtenant default")
    .action(async (_: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ApprovalFlags>();
      await frame.write(flags, {
        plan: async (client, { microtenantId }) => expiredToDelete(client.approvals, microtenantId),
        ask: ({ subject }) => [`Every privileged approval that is over in microtenant ${subject} is going to be deleted, whoever made it.`],
        show: (isDeleted) => ({ json: { deleted: isDeleted }, lines: [isDeleted ? "Deleted." : "ZPA had nothing to delete."] }),
      });
    });

  const warnOfClocks = (
    hours: PrivilegedApprovalDraft["workingHours"],
    window: Pick<PrivilegedApprovalDraft, "start" | "end">,
    now: Date,
  ) => {
    if (hours === null) return;
    for (const line of clockChangeLines(hours, window, now)) frame.ports.errors.write(`${line}\n`);
  };
}

/** What was read, with what the flags name over it. */
async function changed(
  client: ZpaClient,
  place: Place,
  { current, flags, now }: { readonly current: PrivilegedApproval; readonly flags: ApprovalFlags; readonly now: Date },
): Promise<PrivilegedApprovalDraft> {
  if (flags.start !== undefined && current.status !== "FUTURE") throw refused("it has started, so its start stays as it is");
  if (flags.workingHours !== undefined && flags.anyHour === true) throw refused("--working-hours and --any-hour exclude each other");
  const [email = "", ...others] = current.emailIds;
  if (others.length > 0 && flags.email === undefined) throw refused("it has several emails, and ZPA takes one: name it with --email");
  const start = flags.start === undefined ? current.start : instantArgument(flags.start, "--start", now);
  const end = flags.end === undefined ? current.end : instantArgument(flags.end, "--end", now);
  if (end <= start) throw new PortcullisError("window_end_before_start");
  const hours = flags.workingHours === undefined ? null : withCrons(workingHoursArgument(flags.workingHours), { start, end }, now);
  return {
    email: flags.email ?? email,
    segmentIds: flags.segment === undefined ? current.segmentIds : await segmentIdsOf(client, place, flags.segment),
    start,
    end,
    workingHours: flags.anyHour === true ? null : (hours ?? current.workingHours),
    microtenantId: current.microtenantId,
  };
}

async function segmentIdsOf({ segments }: ZpaClient, place: Place, named: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  let listed: ReturnType<typeof segments.list> | null = null;
  const list = () => {
    listed ??= segments.list(place);
    return listed;
  };
  for (const name of named) ids.push(await idOf(name, "application segment", list));
  return [...new Set(ids)];
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError("a number from 1 on");
  return Number(text);
}

function pageSize(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text) || Number(text) > 500) throw new InvalidArgumentError("a number from 1 to 500");
  return Number(text);
}

const refused = (problem: string): PortcullisError => new PortcullisError("invalid_input", { params: { problem } });
