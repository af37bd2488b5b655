import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { AccessOperations } from "../../services/access/operate-access.ts";
import { VERDICTS } from "../../services/access/reconcile/finding.ts";
import type { FindingsService } from "../../services/access/reconcile/findings-service.ts";
import { problemsIn } from "../../services/approvals/approval-config.ts";
import type { AuditService } from "../../services/audit/audit-service.ts";
import { ExportQuery } from "../../services/audit/export-ledger.ts";
import { VerifyProgress } from "../../services/audit/verify-ledger.ts";
import type { BreakGlassAtTerminal } from "../../services/emergency/break-glass-at-terminal.ts";
import { SCOPES } from "../../services/policy/rules.ts";
import type { RulesService } from "../../services/rules/rules-service.ts";
import { AdminEvent, type AdminLedger } from "../../services/zpa-admin/admin-ledger.ts";
import type { PlainExplanation } from "./explain-plainly.ts";

/** What the commands may reach. */
export interface ControlServices {
  readonly rules: RulesService;
  readonly audit: AuditService;
  readonly access: AccessOperations;
  readonly findings: FindingsService;
  readonly adminLedger: AdminLedger;
  readonly explain: (command: { readonly label: string }) => Promise<PlainExplanation>;
  /** Missing where no settings for it are known. */
  readonly breakGlass?: BreakGlassAtTerminal;
}

/** Who asks: an account of the machine. The socket lets in the bot's own account and root alone. */
interface Asked {
  readonly osUser: string;
}

type Command = (services: ControlServices, by: Asked, payload: unknown) => Promise<unknown>;

const command =
  <T extends z.ZodType, S = ControlServices>(schema: T, run: (services: S, by: Asked, payload: z.infer<T>) => Promise<unknown>) =>
  async (services: S, by: Asked, payload: unknown): Promise<unknown> => {
    const parsed = schema.safeParse(payload);
    if (!parsed.success)
      throw new PortcullisError("invalid_input", { params: { problem: problemsIn(parsed.error) } }, { cause: parsed.error });
    return run(services, by, parsed.data);
  };

/** Breaking the glass needs nothing else of the services: so it can be done by a process that has nothing else. */
const breakGlass = <T extends z.ZodType>(
  schema: T,
  run: (terminal: BreakGlassAtTerminal, by: Asked, payload: z.infer<T>) => Promise<unknown>,
): ((services: Pick<ControlServices, "breakGlass">, by: Asked, payload: unknown) => Promise<unknown>) =>
  command<T, Pick<ControlServices, "breakGlass">>(schema, async ({ breakGlass: terminal }, by, payload) => {
    if (terminal === undefined) throw new PortcullisError("invalid_input", { params: { problem: "the glass cannot be broken this way" } });
    return run(terminal, by, payload);
  });

const key = { scope: z.enum(SCOPES), scopeId: z.string() };
const written = { ...key, expectedRevision: z.number().int().nullable(), mode: z.enum(["plan", "apply"]) };
const accessScope = { person: z.string().nullable(), request: z.string().nullable() };
const change = z.object({ changeId: z.string() });
const judgement = z.object({
  findingId: z.string(),
  version: z.number().int(),
  verdict: z.enum(VERDICTS),
  reason: z.string().nullable(),
  ownerUserId: z.string().nullable(),
});
const document = z.object({
  yaml: z.string(),
  unnamed: z.enum(["keep", "remove"]),
  mode: z.enum(["plan", "apply"]),
  seen: z.array(z.object({ ...key, baseRevision: z.number().int() })).nullable(),
});

const typedBreakGlass = z.object({
  person: z.string(),
  consoles: z.array(z.string()).min(1),
  seconds: z.number().int().nullable(),
  reason: z.string(),
  submissionKey: z.string().min(1),
});
const reviewed = z.object({
  label: z.string(),
  person: z.string(),
  answer: z.object({ happened: z.string(), done: z.string(), follows: z.string() }),
});

/** Everything that `pra` can ask a running bot, by name. Another command is one line here. */
export const controlCommands = {
  explain: command(z.object({ label: z.string() }), ({ explain }, _, payload) => explain(payload)),
  "audit.verify": command(z.object({ progress: VerifyProgress.nullable(), head: z.string().nullable() }), ({ audit }, _, payload) =>
    audit.verify(payload),
  ),
  "audit.export": command(ExportQuery, ({ audit }, _, payload) => audit.export(payload)),
  "audit.bundle": command(z.object({ label: z.string() }), ({ audit }, _, payload) => audit.bundle(payload)),
  "audit.examine": command(z.object({ newest: z.number().int().min(0).max(10_000) }), ({ audit }, _, payload) => audit.examine(payload)),
  "access.list": command(z.object(accessScope), ({ access }, _, payload) => access.list(payload)),
  "access.preview": command(z.object(accessScope), ({ access }, _, payload) => access.preview(payload)),
  "access.revoke": command(z.object({ ...accessScope, reason: z.string() }), ({ access }, { osUser }, payload) =>
    access.revoke({ ...payload, osUser }),
  ),
  "access.end": command(z.object({ request: z.string() }), ({ access }, { osUser }, payload) => access.end({ ...payload, osUser })),
  "break-glass.foretell": breakGlass(typedBreakGlass, (terminal, _, payload) => terminal.foretell(payload)),
  "break-glass.break": breakGlass(typedBreakGlass, (terminal, { osUser }, payload) => terminal.break(payload, osUser)),
  "break-glass.state": breakGlass(z.object({ requestIds: z.array(z.uuid()) }), (terminal, _, payload) => terminal.state(payload)),
  "break-glass.review": breakGlass(reviewed, (terminal, { osUser }, payload) => terminal.review(payload, osUser)),
  "config.get": command(z.object(key), ({ rules }, by, payload) => rules.get({ ...payload, by })),
  "config.frozen": command(z.object({ reference: z.string() }), ({ rules }, by, payload) => rules.getFrozen({ ...payload, by })),
  "config.find": command(z.object({ text: z.string() }), async ({ rules }, _, { text }) => rules.findScopes(text, 100)),
  "config.export": command(z.object({}), ({ rules }, by) => rules.export({ by })),
  "config.list": command(z.object({}), ({ rules }, by) => rules.list({ by })),
  "config.put": command(z.object({ ...written, yaml: z.string() }), ({ rules }, by, payload) => rules.put({ ...payload, by })),
  "config.delete": command(z.object(written), ({ rules }, by, payload) => rules.delete({ ...payload, by })),
  "config.apply": command(document, ({ rules }, by, payload) => rules.apply({ ...payload, by })),
  "config.confirm": command(change, ({ rules }, by, payload) => rules.confirm({ ...payload, by })),
  "config.decline": command(change, ({ rules }, by, payload) => rules.decline({ ...payload, by })),
  "findings.list": command(
    z.object({ limit: z.number().int().min(1).max(500), after: z.string().nullable() }),
    ({ findings }, by, payload) => findings.list({ ...payload, by }),
  ),
  "findings.judge": command(judgement, ({ findings }, by, payload) => findings.judge({ ...payload, by })),
  "findings.get": command(z.object({ findingId: z.string() }), ({ findings }, by, payload) => findings.get({ ...payload, by })),
  "zpa-admin.note": command(AdminEvent, ({ adminLedger }, by, event) => adminLedger.note({ by, event })),
  reconcile: command(z.object({}), ({ findings }, by) => findings.pass({ by })),
  "reconcile.delete-expired": command(z.object({ microtenantId: z.string().nullable() }), ({ findings }, by, { microtenantId }) =>
    findings.deleteExpired({ microtenantId, by }),
  ),
} as const satisfies Readonly<Record<string, Command>>;

export type ControlCommand = keyof typeof controlCommands;

const names: ReadonlySet<string> = new Set(Object.keys(controlCommands));
const isCommand = (name: string): name is ControlCommand => names.has(name);

/** An account's name goes into the ledger: nothing that could be taken for another's. */
export const ControlRequest = z.object({
  command: z.string(),
  osUser: z.string().regex(/^[\w.@+-]{1,64}$/, "must be the name of an account"),
  payload: z.unknown(),
});
export type ControlRequest = z.infer<typeof ControlRequest>;

/** Runs one command. @throws PortcullisError `invalid_input` for one that is not known, and whatever the command throws */
export async function runControl(services: ControlServices, request: ControlRequest): Promise<unknown> {
  if (!isCommand(request.command))
    throw new PortcullisError("invalid_input", { params: { problem: `this version knows no command ${request.command}` } });
  return controlCommands[request.command](services, { osUser: request.osUser }, request.payload ?? {});
}
