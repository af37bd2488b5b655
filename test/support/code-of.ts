import { PortcullisError } from "../../src/errors.ts";

/** Of what fails: its code, or what else was thrown. Of what succeeds: `ok`. */
export const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "ok",
    (thrown: unknown) => (thrown instanceof PortcullisError ? thrown.code : String(thrown)),
  );
