import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

export interface Delivery {
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export type Answering = (response: ServerResponse, delivery: Delivery) => void;

const status =
  (code: number, headers: Record<string, string> = {}): Answering =>
  (response) =>
    void response.writeHead(code, headers).end();

/** Takes it, and the answer is lost on the way. */
const lost: Answering = (response) => void response.destroy();

export const answer = { status, lost, yes: status(204) };

/** A receiver of deliveries on loopback. Answers as the next of `script` says, and with yes when that is at its end. */
export async function aSiem() {
  const deliveries: Delivery[] = [];
  const script: Answering[] = [];
  const server = createServer(async (request, response) => {
    const delivery = { headers: request.headers, body: await text(request) };
    deliveries.push(delivery);
    (script.shift() ?? answer.yes)(response, delivery);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a port was expected");
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    deliveries,
    script,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
