-- One row for each invoice. Amounts are whole cents, never floating point.
CREATE TABLE invoice (
    id          bigint PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customer (id),
    number      text NOT NULL UNIQUE,
    total_cents bigint NOT NULL CHECK (total_cents >= 0),
    currency    char(3) NOT NULL DEFAULT 'EUR',
    issued_on   date NOT NULL,
    paid_at     timestamptz
);

-- Open invoices of a customer are listed on every page of the portal.
CREATE INDEX invoice_open ON invoice (customer_id, issued_on) WHERE paid_at IS NULL;

-- A paid invoice can not be deleted, because tax law asks for ten years of records.
-- Write a credit note instead.
CREATE FUNCTION keep_paid_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.paid_at IS NOT NULL THEN
        RAISE EXCEPTION 'invoice % is paid', OLD.number;
    END IF;
    RETURN OLD;
END;
$$;

CREATE TRIGGER invoice_keep BEFORE DELETE ON invoice
    FOR EACH ROW EXECUTE FUNCTION keep_paid_invoice();

-- Invoices are overdue thirty days after their date of issue.
CREATE VIEW overdue_invoice AS
SELECT id, number, customer_id, total_cents, current_date - issued_on AS days
FROM invoice
WHERE paid_at IS NULL AND issued_on < current_date - 30;
