// Verifies and signs with the library that integrators use, as told on standard input; says on standard output what came of it.
import { Webhook } from "standardwebhooks";

let text = "";
for await (const chunk of process.stdin) text += chunk;
const { secret, verify, sign } = JSON.parse(text);
const webhook = new Webhook(secret);

const verified = verify.map(({ body, headers }) => {
  try {
    webhook.verify(body, headers);
    return "genuine";
  } catch (error) {
    return error.message;
  }
});
const signed = sign.map(({ id, timestamp, body }) => webhook.sign(id, new Date(timestamp * 1000), body));
process.stdout.write(JSON.stringify({ verified, signed }));
