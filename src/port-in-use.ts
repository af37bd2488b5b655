import { PortcullisError } from "./errors.ts";

/** The error that says so, for a server that could not listen because its port is taken; any other cause as it came. */
export const portInUse = (cause: unknown, params: { readonly port: number; readonly setting: string }): unknown =>
  cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE"
    ? new PortcullisError("port_in_use", { params }, { cause })
    : cause;
