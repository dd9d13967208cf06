namespace Tessera.Unit.Reader.Code;

public class OtherBraceLanguagesTests
{
    [Fact]
    public void C_file_reads_past_directives_and_returned_structs() => Check("a.c", """
        #include <stdio.h>
        #define OPEN {

        typedef struct node {
            struct node *next;
        } node_t;

        static const int sizes[] = { 1, 2, 3 };

        /* Finds. */
        struct node *find(struct node *head, int key)
        {
            for (; head; head = head->next) { if (key == '{') break; }
            return head;
        }

        #ifdef WIN32
        int start(int argc) {
        #else
        int start(void) {
        #endif
            return 0;
        }

        int last(void) { return 1; }
        """, """
        1-2 *
        4-6 node
        8-8 *
        10-15 find
        17-17 *
        18-23 start
        25-25 last
        """);

    [Fact]
    public void Cpp_file_is_cut_at_methods_inside_and_outside_their_class() => Check("a.cpp", """
        namespace a::b {

        template <class T, int N = 3>
        class Stack final : public Base<T> {
        public:
            Stack() : size_(0), items_{} { grow(); }
            ~Stack() = default;
            bool operator==(const Stack& other) const { return true; }
        private:
            int size_ = 1'000;
        };

        template <class T>
        void Stack<T>::push(const T& x) {
            auto f = [&](int i) { return R"x({ " )x"; };
        }

        int Queue::size() const noexcept {
            return 0;
        }

        }  // namespace a::b
        """, """
        1-1 a › b*
        3-5 a › b › Stack
        6-6 a › b › Stack › Stack
        7-7 a › b › Stack*
        8-8 a › b › Stack › operator==
        9-11 a › b › Stack*
        13-16 a › b › push
        18-20 a › b › Queue › size
        22-22 a › b*
        """);

    [Fact]
    public void Php_file_ignores_what_is_outside_of_its_tags() => Check("a.php", """
        <h1>Don't { panic</h1>
        <?php
        namespace App\Models;

        # A user.
        #[Entity]
        final class User extends Model
        {
            private string $sql = <<<SQL
                SELECT '{' FROM "x
                SQL;

            public function &name(string $x = "}"): ?string
            {
                return "{$this->x}";
            }
        }

        function helper() { return 1; }
        ?>
        <p>{</p>
        """, """
        1-3 App\Models*
        5-11 App\Models › User
        13-16 App\Models › User › name
        19-19 App\Models › helper
        20-21 App\Models*
        """);

    [Fact]
    public void Kotlin_file_is_cut_at_functions() => Check("a.kt", """
        package com.example

        data class Item(val id: Int, val name: String)

        class Cache<K, V> @Inject constructor(private val size: Int) : Base(size) {
            init {
                require(size > 0) { "size ${if (size < 0) "{" else "}"} is bad" }
            }

            override suspend fun get(key: K): V? {
                return map[key]
            }

            companion object {
                fun of(n: Int): Cache<Int, Int> {
                    return Cache(n)
                }
            }
        }
        """, """
        1-3 com.example*
        5-5 com.example › Cache
        6-8 com.example › Cache › init
        10-12 com.example › Cache › get
        14-14 com.example › Cache › object
        15-17 com.example › Cache › object › of
        """);

    [Fact]
    public void Swift_file_is_cut_at_functions() => Check("a.swift", """
        import Foundation

        public protocol Store {
            func load() throws -> Data
        }

        extension Array where Element: Hashable {
            func unique() -> [Element] {
                let s = "\(map { "}" })"
                return []
            }
        }

        final class Loader: Store {
            let raw = #"{ " "#
            init(url: URL) {
                self.url = url
            }
            class func make() -> Loader {
                return Loader()
            }
            deinit {
                close()
            }
        }
        """, """
        1-1 *
        3-5 Store
        7-7 Array
        8-11 Array › unique
        14-15 Loader
        16-18 Loader › init
        19-21 Loader › make
        22-24 Loader › deinit
        """);

    [Fact]
    public void Scala_file_is_cut_at_definitions() => Check("a.scala", """
        package com.example

        case class User(id: Int)

        object Users extends App {
          private val q = '{'

          def find(id: Int)(implicit db: Db): Option[User] = {
            s"${"}"}"
            None
          }
        }

        trait Named { def name: String }
        """, """
        1-3 com.example*
        5-6 com.example › Users
        8-11 com.example › Users › find
        14-14 com.example › Named
        """);

    [Fact]
    public void Shell_script_is_cut_at_functions() => Check("a.sh", """
        #!/bin/sh
        set -eu

        # Says {.
        say() {
          echo "${1#prefix} $(echo "}")" '{'
          cat <<EOF
        } not code
        EOF
        }

        function main
        {
          case "$1" in
            a) say x ;;
          esac
        }

        main "$@"
        """, """
        1-2 *
        4-10 say
        12-17 main
        19-19 *
        """);

    private static void Check(string name, string text, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), CodeReading.Outline(text, name));
}
