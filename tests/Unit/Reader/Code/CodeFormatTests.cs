using Tessera.Sdk;

namespace Tessera.Unit.Reader.Code;

public class CodeFormatTests
{
    [Fact]
    public void CSharp_file_is_cut_as_its_compiler_sees_it() => Check("a.cs", """"
        using System;

        namespace Shop.Billing;

        /// <summary>Limits { calls.</summary>
        [Serializable]
        public sealed class Limiter<T>(int size) : ILimiter
            where T : class
        {
            private readonly int _size = size;
            public string Name { get; set; } = "{";

            public int Free => _size - 1;

            // Takes one.
            [Obsolete("}")]
            public async Task<bool> TakeAsync(
                string key, CancellationToken token = default)
            {
                var s = $"{(key == "}")} {{ {(1 > 0 ? "{" : "}")}";
                var raw = $$"""{ "a": {{key}} """;
                return true;
            }

            public static Limiter<T> operator +(Limiter<T> a, Limiter<T> b) => a;

            private enum State
            {
                Open,
            }
        }

        public record Ticket(int Id);

        public delegate void Taken(string key);
        """", """
        1-1 *
        3-3 Shop.Billing*
        5-11 Shop.Billing › Limiter
        13-13 Shop.Billing › Limiter › Free
        15-23 Shop.Billing › Limiter › TakeAsync
        25-25 Shop.Billing › Limiter › operator +
        27-30 Shop.Billing › Limiter › State
        33-33 Shop.Billing › Ticket
        35-35 Shop.Billing › Taken
        """);

    [Fact]
    public void Python_file_is_cut_at_indentation() => Check("a.py", """"
        """Retries: { def not_me(): }"""
        import os

        LIMIT = 3

        @dataclass(
            frozen=True,
        )
        class Job:
            """A job.
        def still_text(): pass
            """
            name: str

            # Runs it.
            async def run(
                self,
                times: int = 3,
            ) -> None:
                def inner():
                    return 1

                text = f'''
        class NotHere:
        '''
                return inner()

            class State:
                def open(self): return 1

        def main(): return Job("x")

        if __name__ == "__main__":
            main()
        """", """
        1-4 *
        6-13 Job
        15-26 Job › run
        28-28 Job › State
        29-29 Job › State › open
        31-31 main
        33-34 *
        """);

    [Fact]
    public void Ruby_file_is_cut_at_its_ends() => Check("a.rb", """
        require "json"

        module Shop
          # Sells.
          class Cart < Base
            attr_reader :items

            def self.load(path)
              text = <<~SQL
            def not_me
              SQL
              items.each do |x|
                puts "#{x} end" if x
              end
            end

            def empty?
              items.empty?
            end

            def ==(other)
              true
            end
          end
        end
        """, """
        1-1 *
        3-3 Shop
        4-6 Shop › Cart
        8-15 Shop › Cart › load
        17-19 Shop › Cart › empty?
        21-23 Shop › Cart › ==
        """);

    [Fact]
    public void Sql_script_is_cut_at_what_it_creates() => Check("a.sql", """
        -- Invoices; all of them.
        CREATE TABLE IF NOT EXISTS billing.invoice (
            id bigint PRIMARY KEY,
            note text DEFAULT 'it''s; (open'
        );

        INSERT INTO invoice VALUES (1);
        UPDATE invoice SET id = 2;

        CREATE OR REPLACE FUNCTION total(i bigint) RETURNS numeric AS $$
        BEGIN
            RETURN 1;
        END;
        $$ LANGUAGE plpgsql;

        CREATE TRIGGER touch AFTER UPDATE ON invoice
        BEGIN
            UPDATE a SET b = CASE WHEN 1 THEN 2 END;
            UPDATE a SET c = 1;
        END;

        CREATE VIEW "open invoice" AS SELECT * FROM invoice;
        """, """
        1-5 billing › invoice
        7-8 *
        10-14 total
        16-20 touch
        22-22 open
        """);

    [Theory]
    [InlineData("a.cs", "[A] public  int Add(\n  int a, // one\n  int b) { return 1; }", "public int Add( int a, int b)", "class X {\n", "\n}")]
    [InlineData("a.py", "def add(a,\n        b: int = 2) -> int:  # sum\n    return a", "def add(a, b: int = 2) -> int", "", "")]
    [InlineData("a.go", "func Add(a int) (b int) {\n\treturn a\n}", "func Add(a int) (b int)", "", "")]
    [InlineData("a.sql", "CREATE TABLE a (id int);", "CREATE TABLE a", "", "")]
    [InlineData("a.sql", "CREATE FUNCTION f(x int) RETURNS int AS $$ x $$;", "CREATE FUNCTION f(x int) RETURNS int", "", "")]
    public void Signature_is_the_head_on_one_line(string name, string text, string signature, string before, string after) =>
        Assert.Equal(signature, CodeReading.Read(before + text + after, name)[^1].Tags[SectionTags.Signature]);

    [Fact]
    public void Section_carries_the_tags_of_code()
    {
        var section = Assert.Single(CodeReading.Read("\r\n\r\nfn add(a: i32) -> i32 {\r\n    a\r\n}\r\n", "a.rs"));
        Assert.Equal("fn add(a: i32) -> i32 {\n    a\n}", section.Text);
        Assert.Equal("add", section.Path);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["kind"] = "code", ["language"] = "rust", ["lines"] = "3-5", ["symbol"] = "add", ["signature"] = "fn add(a: i32) -> i32",
            },
            section.Tags);
    }

    [Theory]
    [InlineData("a.js", "function a() {\n  if (x) {\n}\nfunction b() {\n}\n")]
    [InlineData("a.cs", "class A { void F( { }\n")]
    [InlineData("a.go", "}}}}\nfunc a() {\n}\n")]
    [InlineData("a.py", "class A(:\n  def b(self:\n    pass\n")]
    [InlineData("a.sql", "CREATE FUNCTION f() BEGIN\nSELECT 1;\n")]
    public void Unbalanced_source_keeps_all_its_text(string name, string text) =>
        Assert.Equal(text.TrimEnd(), string.Join("\n", CodeReading.Read(text, name).Select(x => x.Text)));

    private static void Check(string name, string text, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), CodeReading.Outline(text, name));
}
