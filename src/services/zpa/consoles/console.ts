import type { MicrotenantOption } from "../zpa-client.ts";

/** What is written of a privileged console. `microtenantId` null is the Default microtenant. */
export interface ConsoleDraft {
  readonly name: string;
  readonly description: string | null;
  readonly enabled: boolean;
  /** praAppId, which is not the segment's id. */
  readonly praApplicationId: string;
  readonly portalIds: readonly string[];
  readonly microtenantId: string | null;
}

/** A privileged console: what a portal offers for one PRA application. */
export interface PraConsole extends ConsoleDraft {
  readonly id: string;
  /** appId of the application: the segment that an approval names. Null where ZPA does not say. */
  readonly segmentId: string | null;
  readonly domain: string | null;
  readonly protocol: string | null;
  readonly portals: readonly { readonly id: string; readonly name: string | null }[];
  /** The object as ZPA sent it, unknown fields included: an update sends it back whole. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface ConsoleListOptions extends MicrotenantOption {
  /** ZPA's filter expression, such as `name EQ db-prod`; ZPA refuses what it cannot read. */
  readonly search?: string;
}

/** `/praConsole` ("Configuring Privileged Consoles Using API"). Errors as in `ZpaClient`. */
export interface ConsolesApi {
  /** Every page, to the end. */
  list(options?: ConsoleListOptions): Promise<readonly PraConsole[]>;
  /** The consoles of one portal, every page. */
  listByPortal(portalId: string, options?: ConsoleListOptions): Promise<readonly PraConsole[]>;
  get(id: string, options?: MicrotenantOption): Promise<PraConsole>;
  /** POST, exactly once. The answer's portals are stubs: read back. */
  create(draft: ConsoleDraft): Promise<{ readonly id: string }>;
  /**
   * One POST for all, exactly once: ZPA makes all of them or none. Ids in ZPA's order.
   * @throws PortcullisError `invalid_input` for drafts of several microtenants, `zpa_timeout` when the answer names fewer than were asked for
   */
  createMany(drafts: readonly ConsoleDraft[]): Promise<readonly { readonly id: string }[]>;
  /** PUT of the whole object: `raw` of what was read, the draft's fields over it. A console stays in its microtenant. */
  update(current: PraConsole, draft: ConsoleDraft): Promise<void>;
  /** Deleting what is already gone succeeds. */
  delete(id: string, options?: MicrotenantOption): Promise<void>;
}
