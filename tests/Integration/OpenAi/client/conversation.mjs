// Speaks to our /v1 as any program would that uses OpenAI's client; prints what it got as JSON.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [folder, baseURL, apiKey, model, embedder] = process.argv.slice(2);
const resolved = createRequire(pathToFileURL(folder + '/package.json')).resolve('openai');
const { default: OpenAI } = await import(pathToFileURL(resolved));
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const messages = [{ role: 'user', content: 'Tell me.' }];

const whole = await client.chat.completions.create({ model, messages, max_tokens: 12 });
let streamed = '';
let usage = null;
for await (const chunk of await client.chat.completions.create({ model, messages, max_tokens: 12, stream: true, stream_options: { include_usage: true } })) {
  streamed += chunk.choices[0]?.delta?.content ?? '';
  usage = chunk.usage ?? usage;
}

const called = await client.chat.completions.create({
  model, messages, max_tokens: 200, tool_choice: 'required', temperature: 1, seed: 3,
  tools: [{ type: 'function', function: { name: 'notice', parameters: { type: 'object', properties: { days: { type: 'integer', minimum: 1, maximum: 90 } }, required: ['days'], additionalProperties: false } } }],
});
const vectors = await client.embeddings.create({ model: embedder, input: ['one', 'two'] });
let refused = null;
try {
  await client.chat.completions.create({ model: 'none-here', messages });
} catch (error) {
  refused = { status: error.status, code: error.code, message: error.message };
}

const models = [];
for await (const one of client.models.list()) models.push(one.id);
console.log(JSON.stringify({
  whole: whole.choices[0].message.content, reason: whole.choices[0].finish_reason, streamed, usage,
  call: called.choices[0].message.tool_calls?.[0]?.function ?? null, callReason: called.choices[0].finish_reason,
  vectors: vectors.data.map(item => item.embedding.length), refused, models,
}));
