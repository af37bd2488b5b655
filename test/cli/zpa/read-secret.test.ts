import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { readSecret } from "../../../src/cli/zpa/read-secret.ts";

/** A terminal at which these keys are pressed; what it was told to do, and what was written to it. */
function terminalAt(...keys: readonly string[]) {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => raw.push(on) });
  const errors = new PassThrough();
  for (const key of keys) input.write(key);
  return {
    raw,
    read: (lines: "one" | "many" = "one") => readSecret({ input, errors }, { prompt: "Password", lines }),
    written: async () => {
      errors.end();
      return text(errors);
    },
  };
}
const piped = (secret: string, lines: "one" | "many" = "one") =>
  readSecret({ input: Readable.from([secret]), errors: new PassThrough() }, { prompt: "Password", lines });

describe("a secret at the command line", () => {
  it("is typed without being shown, and the terminal is as before afterwards", async () => {
    const terminal = terminalAt("s3cr", "x\u007f", "et€\r", "not read");
    expect(await terminal.read()).toBe("s3cret€");
    expect(terminal.raw).toEqual([true, false]);
    expect(await terminal.written()).toBe("Password: \n");
  });

  it("of many lines ends with Ctrl-D", async () => {
    const terminal = terminalAt("-----BEGIN\r", "abc\r", "-----END\r", "\u0004");
    expect(await terminal.read("many")).toBe("-----BEGIN\nabc\n-----END\n");
  });

  it("is given up with Ctrl-C, and the terminal is as before", async () => {
    const terminal = terminalAt("half\u0003");
    await expect(terminal.read()).rejects.toMatchObject({ code: "invalid_input" });
    expect(terminal.raw).toEqual([true, false]);
  });

  it("is piped in, without the one line break that echo adds", async () => {
    expect(await piped("pass word\n")).toBe("pass word");
    expect(await piped("pass\r\n")).toBe("pass");
    expect(await piped("a\nb\n\n", "many")).toBe("a\nb\n");
  });

  it.each([
    ["nothing", ""],
    ["a line break alone", "\n"],
    ["more than a key", "x".repeat(64_001)],
  ])("is refused when it is %s, and not repeated in the error", async (_, secret) => {
    await expect(piped(secret)).rejects.toMatchObject({
      code: "invalid_input",
      details: { params: { problem: expect.stringMatching(/^.{1,60}$/) } },
    });
  });
});
