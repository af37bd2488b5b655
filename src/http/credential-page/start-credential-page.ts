import { getRequestListener } from "@hono/node-server";
import type { Config } from "../../config.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { HandoverDoor } from "../../services/credentials/handover-door.ts";
import { listen } from "../listen.ts";
import { createCredentialPage } from "./create-credential-page.ts";
import type { PageAddress } from "./page-address.ts";
import { createPageLimits } from "./page-limits.ts";

export interface CredentialPage {
  /** Where it listens; null when it is switched off. */
  port(): number | null;
  /** Takes nothing new in, and resolves when the last answer is written. */
  close(): Promise<void>;
}

interface StartPorts {
  readonly config: Config["credentialPage"];
  readonly door: HandoverDoor;
  readonly address: PageAddress;
  readonly ids: Ids;
  readonly log: Log;
}

/** Serves the page, unless CREDENTIAL_PAGE_PORT is not set. @throws PortcullisError `port_in_use` */
export async function startCredentialPage({ config, door, address, ids, log }: StartPorts): Promise<CredentialPage> {
  if (config.port === null) return { port: () => null, close: async () => {} };
  const page = createCredentialPage({ door, address, limits: createPageLimits(), proxies: config.proxies, ids, log });
  const server = await listen(getRequestListener(page.fetch, { overrideGlobalObjects: false }), {
    port: config.port,
    host: config.host,
    setting: "CREDENTIAL_PAGE_PORT",
  });
  address.listening(server.port);
  log.info({ host: config.host, port: server.port, origin: address.origin() }, "credential-page.listening");
  return { port: () => server.port, close: server.close };
}
