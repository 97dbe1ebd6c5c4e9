// A reporter for Node's test runner: the files in which something failed, a line for each failure.

export default async function* failedFiles(events) {
  for await (const { type, data } of events) {
    if (type === "test:fail" && data.file) yield `${data.file}\n`;
  }
}
