-- Who may see what when a team shares one database. Every person signs in with a PostgreSQL role of their own, so these
-- rules hold for SQL typed by hand as much as for the program. Whoever runs the migrations owns the tables.

CREATE TABLE accounts (
    login text PRIMARY KEY,
    role text NOT NULL CHECK (role IN ('practitioner', 'supervisor', 'trainer', 'manager')),
    supervisor text REFERENCES accounts (login)
);

CREATE TABLE access_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reader text NOT NULL,
    owner text NOT NULL,
    session text,
    what text NOT NULL,
    xact xid8 NOT NULL DEFAULT pg_current_xact_id()
);

CREATE FUNCTION my_role() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT role FROM public.accounts WHERE login = session_user $$;

CREATE FUNCTION i_supervise(person text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT EXISTS (
    SELECT 1 FROM public.accounts them JOIN public.accounts me ON me.login = them.supervisor
    WHERE them.login = person AND me.login = session_user AND me.role = 'supervisor') $$;

-- What somebody may know exists: their own; a supervisor also what their supervisees keep; a trainer scenarios only.
CREATE FUNCTION i_may_see(person text, journey text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT CASE public.my_role()
    WHEN 'practitioner' THEN person = session_user
    WHEN 'supervisor' THEN person = session_user OR public.i_supervise(person)
    WHEN 'trainer' THEN journey = 'scenario'
    ELSE false END $$;

CREATE FUNCTION i_may_keep(person text, journey text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT person = session_user AND CASE public.my_role()
    WHEN 'practitioner' THEN true
    WHEN 'supervisor' THEN true
    WHEN 'trainer' THEN journey = 'scenario'
    ELSE false END $$;

ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
ALTER TABLE drafts ENABLE ROW LEVEL SECURITY;
ALTER TABLE follow_ups ENABLE ROW LEVEL SECURITY;
ALTER TABLE stand_ins ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_row ON accounts FOR SELECT USING (login = session_user OR supervisor = session_user);
CREATE POLICY who_read_mine ON access_log FOR SELECT USING (owner = session_user OR reader = session_user);
CREATE POLICY listed ON sessions FOR SELECT USING (i_may_see(owner, journey));
CREATE POLICY kept ON sessions FOR INSERT WITH CHECK (i_may_keep(owner, journey));
CREATE POLICY finished ON sessions FOR UPDATE USING (i_may_keep(owner, journey))
    WITH CHECK (i_may_keep(owner, journey));
CREATE POLICY forgotten ON sessions FOR DELETE USING (i_may_keep(owner, journey));

-- Text is read directly only by the one who kept it; a supervisor reads it through the functions below, which log it.
CREATE FUNCTION is_mine(asked text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT EXISTS (SELECT 1 FROM public.sessions WHERE id = asked AND public.i_may_keep(owner, journey)) $$;
CREATE POLICY own_read ON events FOR SELECT USING (is_mine(session));
CREATE POLICY own_kept ON events FOR INSERT WITH CHECK (is_mine(session));
CREATE POLICY own ON drafts USING (is_mine(session)) WITH CHECK (is_mine(session));
CREATE POLICY own ON follow_ups USING (owner = session_user AND my_role() IN ('practitioner', 'supervisor'))
    WITH CHECK (owner = session_user AND my_role() IN ('practitioner', 'supervisor'));
CREATE POLICY own ON stand_ins USING (owner = session_user) WITH CHECK (owner = session_user);

-- Reading another's takes two transactions: the first lays the line in the log down, and the second reads only if that
-- line is there for good. In one transaction whoever read could roll back, and with it the line that says so.
CREATE FUNCTION log_reading(person text, asked text, why text) RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ INSERT INTO public.access_log (reader, owner, session, what) VALUES (session_user, person, asked, why) $$;
CREATE FUNCTION is_logged(person text, asked text, why text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT EXISTS (
    SELECT 1 FROM public.access_log
    WHERE reader = session_user AND owner = person AND session IS NOT DISTINCT FROM asked AND what = why
        AND at > clock_timestamp() - interval '1 minute' AND pg_xact_status(xact) = 'committed') $$;

CREATE FUNCTION ask_to_read_events(asked text) RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT public.log_reading(owner, id, 'session') FROM public.sessions
    WHERE id = asked AND owner <> session_user AND public.i_may_see(owner, journey) $$;

-- Everything of a session but its private note.
CREATE FUNCTION read_events(asked text) RETURNS TABLE ("position" integer, kind text, body text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
DECLARE of public.sessions;
BEGIN
    SELECT * INTO of FROM public.sessions WHERE id = asked;
    IF NOT FOUND OR NOT public.i_may_see(of.owner, of.journey) THEN RETURN; END IF;
    IF of.owner <> session_user AND NOT public.is_logged(of.owner, asked, 'session') THEN
        RAISE EXCEPTION 'ask first, in a transaction of its own: SELECT ask_to_read_events(...)';
    END IF;
    RETURN QUERY SELECT e.position, e.kind, e.body FROM public.events e
        WHERE e.session = asked AND (of.owner = session_user OR e.kind <> 'note-written') ORDER BY e.position;
END $$;

CREATE FUNCTION ask_to_read_follow_ups(person text) RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT public.log_reading(person, NULL, 'actions and escalations') WHERE public.i_supervise(person) $$;

CREATE FUNCTION read_follow_ups(person text) RETURNS TABLE (kind text, body text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$
BEGIN
    IF NOT public.i_supervise(person) THEN RETURN; END IF;
    IF NOT public.is_logged(person, NULL, 'actions and escalations') THEN
        RAISE EXCEPTION 'ask first, in a transaction of its own: SELECT ask_to_read_follow_ups(...)';
    END IF;
    RETURN QUERY SELECT f.kind, f.body FROM public.follow_ups f WHERE f.owner = person ORDER BY f.id;
END $$;

-- Counts without a word of text, for whoever answers for the service.
CREATE FUNCTION counts() RETURNS TABLE (journey text, month text, held bigint, finished bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT s.journey, left(s.started_at, 7), count(*), count(s.finished_at) FROM public.sessions s
    WHERE public.my_role() = 'manager' GROUP BY 1, 2 ORDER BY 1, 2 $$;

-- The log only grows, whoever asks.
CREATE FUNCTION the_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the access log only grows'; END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION the_log_only_grows();
-- Nobody hands a record to somebody else, or takes one.
CREATE FUNCTION owners_stay() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF NEW.owner <> OLD.owner OR NEW.id <> OLD.id THEN RAISE EXCEPTION 'a record stays with its owner'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER owners_stay BEFORE UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION owners_stay();

DO $$ BEGIN
    CREATE ROLE reflect_user NOLOGIN;
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT SELECT ON alembic_version, accounts, access_log TO reflect_user;
GRANT SELECT, INSERT, DELETE ON sessions TO reflect_user;
GRANT UPDATE (finished_at) ON sessions TO reflect_user;
GRANT SELECT, INSERT ON events TO reflect_user;
GRANT SELECT, INSERT, UPDATE, DELETE ON drafts, follow_ups, stand_ins TO reflect_user;
GRANT EXECUTE ON FUNCTION my_role(), i_supervise(text), i_may_see(text, text), i_may_keep(text, text), is_mine(text),
    ask_to_read_events(text), read_events(text), ask_to_read_follow_ups(text), read_follow_ups(text), counts()
    TO reflect_user;
