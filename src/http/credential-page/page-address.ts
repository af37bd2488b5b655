import type { Config } from "../../config.ts";

/** Where people reach the page. */
export interface PageAddress {
  /** Scheme, host and port; null while the page is not served. */
  origin(): string | null;
  urlOf(token: string): string | null;
  listening(port: number): void;
}

export const pathOf = (token: string): string => `/credentials/${token}`;

/** The address that is set, or else that of this machine, once the port is known. */
export function createPageAddress({ url, host }: Config["credentialPage"]): PageAddress {
  let port: number | null = null;
  const origin = (): string | null => {
    if (port === null) return null;
    return url ?? `http://${host === "::1" ? "[::1]" : "127.0.0.1"}:${port}`;
  };
  return {
    origin,
    urlOf: (token) => {
      const base = origin();
      return base === null ? null : `${base}${pathOf(token)}`;
    },
    listening: (taken) => {
      port = taken;
    },
  };
}
