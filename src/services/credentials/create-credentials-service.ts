import { confirmHandover } from "./confirm-handover.ts";
import type { CredentialPorts } from "./credentials-ports.ts";
import type { CredentialsService } from "./credentials-service.ts";
import { getCredential, listCredentials } from "./list-credentials.ts";
import { lookAtCredential, roomForCredential } from "./look-at-credential.ts";
import { moveCredential, previewMove } from "./move-credential.ts";
import { offerHandover } from "./offer-handover.ts";
import { previewRemove, removeCredential } from "./remove-credential.ts";

/** The use-cases of credentials, as Slack calls them. */
export const createCredentialsService = (ports: CredentialPorts): CredentialsService => ({
  list: listCredentials(ports),
  get: getCredential(ports),
  look: lookAtCredential(ports),
  room: roomForCredential(ports),
  offer: offerHandover(ports),
  confirm: confirmHandover(ports),
  previewRemove: previewRemove(ports),
  remove: removeCredential(ports),
  previewMove: previewMove(ports),
  move: moveCredential(ports),
});
