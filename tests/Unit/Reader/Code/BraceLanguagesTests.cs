namespace Tessera.Unit.Reader.Code;

public class BraceLanguagesTests
{
    [Fact]
    public void Java_file_is_cut_at_its_members() => Check("a.java", """
        package com.example.billing;

        import java.util.*;

        /** Bills. { */
        @Entity(name = "x", tags = {"a", "b"})
        public class Invoice<T extends Comparable<T>> implements Bill, Closeable {
            private static final String OPEN = "{ not a block";
            private final int[] sizes = {1, 2, 3};

            // Makes one.
            public Invoice(int total) {
                this.total = total;
            }

            @Override
            public <R> Map<String, R> items(Function<T, R> f) throws IOException {
                if (total > 0) { return null; }
                for (char c : new char[] {'{', '"'}) { }
                return Map.of();
            }

            abstract void later();

            enum State { OPEN, PAID }

            record Line(int id, String text) {
                String show() {
                    return text;
                }
            }
        }
        """, """
        1-3 com.example.billing*
        5-9 com.example.billing › Invoice
        11-14 com.example.billing › Invoice › Invoice
        16-21 com.example.billing › Invoice › items
        23-23 com.example.billing › Invoice*
        25-25 com.example.billing › Invoice › State
        27-27 com.example.billing › Invoice › Line
        28-30 com.example.billing › Invoice › Line › show
        """);

    [Fact]
    public void JavaScript_file_is_cut_at_functions_however_they_are_written() => Check("a.js", """
        import { x } from './x.js';

        const re = /[/{'"]+/g, half = a / b / c;

        export default async function load(url, { retry = 3 } = {}) {
          const text = `{ ${url.map(u => `"${u}" }`).join('}')} `;
          return text;
        }

        // Adds.
        export const add = (a, b) => {
          return a + b;
        };

        module.exports.close = function () {
          return /}/.test("x");
        };

        class Queue extends Base {
          #items = [];
          static limit = 3;

          constructor(size) {
            super(size);
          }

          async *drain() {
            yield* this.#items;
          }

          get size() { return this.#items.length; }
        }

        (function () {
          function inner() {
            return 1;
          }
        })();

        const api = {
          get(id) {
            return id;
          },
          put: async (id) => {
            return id;
          },
        };
        """, """
        1-3 *
        5-8 load
        10-13 add
        15-17 close
        19-21 Queue
        23-25 Queue › constructor
        27-29 Queue › drain
        31-31 Queue › size
        34-34 *
        35-37 inner
        38-40 *
        41-43 get
        44-46 put
        """);

    [Fact]
    public void TypeScript_file_is_cut_at_types_and_functions() => Check("a.ts", """
        export interface Client {
          send(x: string): Promise<void>;
        }

        type Options = {
          retries: number;
        };

        @Injectable({ providedIn: 'root' })
        export abstract class Http<T> implements Client {
          constructor(private readonly base: string) {}

          async send<K extends keyof T>(x: string): Promise<void> {
            await fetch(`${this.base}/${x}`);
          }
        }

        export namespace Tools {
          export function trim(s: string): string {
            return s.replace(/^\s+|\s+$/g, '');
          }
        }
        """, """
        1-3 Client
        5-7 Options
        9-10 Http
        11-11 Http › constructor
        13-15 Http › send
        18-18 Tools*
        19-21 Tools › trim
        """);

    [Fact]
    public void Go_file_puts_methods_under_their_receiver() => Check("a.go", """
        package client

        import (
        	"fmt"
        )

        // Client talks.
        type Client struct {
        	base string
        }

        // Do sends { one request.
        func (c *Client) Do(req *Request) (res *Response, err error) {
        	s := `raw " { `
        	return nil, fmt.Errorf("%s }", s)
        }

        func (l List[T]) Len() int { return 0 }

        func main() {
        	go func() { fmt.Println('{') }()
        }
        """, """
        1-5 client*
        7-10 client › Client
        12-16 client › Client › Do
        18-18 client › List › Len
        20-22 client › main
        """);

    [Fact]
    public void Rust_file_is_cut_at_functions_in_impls() => Check("a.rs", """
        use std::fmt;

        /// A point.
        #[derive(Debug, Clone)]
        pub struct Point<'a> {
            name: &'a str,
        }

        impl<'a> fmt::Display for Point<'a> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", r#"a "quoted" {"#)
            }
        }

        mod tests {
            /* outer /* inner { */ still */
            pub async fn run<T>(x: T) -> impl Iterator<Item = T> where T: Clone {
                let c = '{';
                std::iter::once(x)
            }
        }

        macro_rules! square {
            ($x:expr) => { $x * $x };
        }
        """, """
        1-1 *
        3-7 Point
        9-9 Point
        10-12 Point › fmt
        15-15 tests*
        16-20 tests › run
        23-25 square
        """);

    private static void Check(string name, string text, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), CodeReading.Outline(text, name));
}
