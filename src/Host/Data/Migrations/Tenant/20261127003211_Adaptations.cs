using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tessera.Host.Data.Migrations.Tenant
{
    /// <inheritdoc />
    public partial class Adaptations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Useful",
                table: "conversation_turns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "adaptations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Domain = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    PackageSha256 = table.Column<string>(type: "TEXT", nullable: false),
                    Learned = table.Column<int>(type: "INTEGER", nullable: false),
                    Rated = table.Column<int>(type: "INTEGER", nullable: false),
                    Figures = table.Column<string>(type: "TEXT", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", nullable: true),
                    Models = table.Column<string>(type: "TEXT", nullable: true),
                    EmbedderKey = table.Column<string>(type: "TEXT", nullable: true),
                    InUse = table.Column<bool>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_adaptations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "own_questions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TenantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Domain = table.Column<string>(type: "TEXT", nullable: false),
                    Question = table.Column<string>(type: "TEXT", nullable: false),
                    DocumentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Start = table.Column<int>(type: "INTEGER", nullable: true),
                    End = table.Column<int>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_own_questions", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_adaptations_TenantId_Domain_Id",
                table: "adaptations",
                columns: new[] { "TenantId", "Domain", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_own_questions_TenantId_Domain_Id",
                table: "own_questions",
                columns: new[] { "TenantId", "Domain", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "adaptations");

            migrationBuilder.DropTable(
                name: "own_questions");

            migrationBuilder.DropColumn(
                name: "Useful",
                table: "conversation_turns");
        }
    }
}
