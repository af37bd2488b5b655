import { createServer, type RequestListener } from "node:http";
import { portInUse } from "../port-in-use.ts";

export interface Listening {
  readonly port: number;
  /** Refuses new connections, closes idle ones, and resolves when the last answer is written. */
  close(): Promise<void>;
}

/**
 * An HTTP server on an address of this machine.
 * @param setting names the port in the error
 * @throws PortcullisError `port_in_use`, and what the operating system says
 */
export function listen(
  listener: RequestListener,
  { port, host, setting }: { readonly port: number; readonly host: string; readonly setting: string },
): Promise<Listening> {
  const server = createServer(listener);
  return new Promise((resolve, reject) => {
    const refuse = (cause: Error): void => reject(portInUse(cause, { port, setting }));
    server.once("error", refuse);
    server.listen(port, host, () => {
      server.removeListener("error", refuse);
      const address = server.address();
      resolve({
        port: typeof address === "object" && address !== null ? address.port : port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeIdleConnections();
          }),
      });
    });
  });
}
