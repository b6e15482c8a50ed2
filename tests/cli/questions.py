"""Steps of the story in run: what is asked beyond one person's state."""
import datetime

COMMUNE, DISTRICT = "010201", "0102"


def kin_statements_and_weddings(story):
    assert "sibling" not in story.run("kin", story.number).stdout
    done = story.run("path", story.child, story.number)
    assert done.stdout.splitlines()[1].startswith("from")
    story.run("heirs", story.child, code=3)  # alive
    done = story.run("-o", "csv", "attest", story.number, "alive", "age<150",
                    "nationality=KHM")
    assert done.stdout.count(",yes") == 3, done.stdout
    assert "no" in story.run("attest", story.number, "age>=150", code=3).stdout
    story.run("attest", story.number, "age>>3", code=2)
    story.run("attest", story.number, "colour=red", code=2)
    assert "same" in story.run("match", story.number, "--latin", "Example Dara").stdout
    assert "different" in story.run("match", story.number, "--latin", "Dara", code=3).stdout
    story.run("match", story.number, code=2)
    story.run("impediments", story.number, "--day", "2999-01-01", code=2)
    assert "L05" in story.run("impediments", story.number, code=5).stdout


def work_of_an_office(story):
    story.run("act", "--paper", f"{COMMUNE}/B7/2020/1", code=3)
    story.run("act", "--paper", f"{COMMUNE}/B7", code=2)
    assert story.run("-o", "csv", "cases", COMMUNE).stdout.count("\n") == 1
    ended = story.run("-o", "csv", "cases", DISTRICT, "--filter", "ended").stdout
    assert "registered" in ended, ended
    story.run("cases", COMMUNE, "--filter", "old", code=2)
    story.run("cases", "nowhere", code=3)
    year = datetime.date.today().year
    figures = story.run("-o", "csv", "performance", DISTRICT, f"{year}-01-01",
                       f"{year}-12-31").stdout
    assert "birth,1," in figures, figures
    assert story.run("-o", "csv", "inconsistencies", COMMUNE).stdout.count("\n") == 1
    story.run("inconsistencies", code=2)
    assert "birth" in story.run("feed", "--class", "birth").stdout
    story.run("feed", "--class", "berth", code=2)


def statistics(story):
    year, size = str(datetime.date.today().year), story.answer("status")["size"]
    words = ("-o", "csv", "statistics", "births", year, "--basis", "registration",
             "--by", "sex", "--by", "delay", "--known", size)
    counted = story.run(*words, "--exact").stdout
    lines = counted.splitlines()
    assert lines[1] == f"# size {size}" and lines[2].startswith("# root "), counted
    assert lines[-1].endswith(",1,0"), counted
    assert story.run(*words, "--exact").stdout == counted
    assert "<5" in story.run(*words).stdout
    story.run("statistics", "weather", year, code=2)
    story.run("statistics", "births", "last-year", code=2)


def accesses(story):
    """Who asked about the child, with the purpose given; and the chain of all."""
    story.run("person", story.child, "--purpose", "school-entry", "--warrant", "c-7")
    rows = story.run("-o", "csv", "accesses", story.number).stdout.splitlines()
    assert "QueryService/GetPerson,school-entry,c-7,OK" in "\n".join(rows), rows
    assert story.answer("accesses", story.child)["entries"]
    story.run("accesses", "9999999999999", code=3)
    log = story.run("audit").stdout
    assert "school-entry" in log and "ENTRY" in log
    story.run("audit", "--from", "2026-01-01", code=2)
    first = story.run("audit", "--check").stdout
    assert "holds" in first and first != story.run("audit", "--check").stdout


def search(story):
    """The child by either name, and by nothing that is not so."""
    hits = story.answer("search", "dara", "Example")["hits"]
    assert [story.child] == [hit["personId"] for hit in hits], hits
    assert "ដារា" in story.run("search", "ដារា").stdout
    assert "registered" in story.run("-o", "csv", "search", "Dara", "--sex", "male").stdout
    older = story.run("-o", "csv", "search", "Dara", "--born", "..1999-12-31").stdout
    assert older.count("\n") == 1, older
    story.run("search", "Dara", "--born", "soon", code=2)
    story.run("search", "Dara", "--sex", "either", code=2)
    story.run("search", "Dara", "--area", "1", code=2)


def limits_and_checkpoint(story):
    assert "batch_events,512,events" in story.run("-o", "csv", "limits").stdout
    size = story.answer("status")["size"]
    lines = story.run("watch", "--from", "0", "--until", size).stdout.splitlines()
    assert len(lines) == int(size) and "governance" in lines[0]
    assert len(story.run("checkpoint", "--size", "1").stdout.strip()) == 64
    story.run("checkpoint", "--size", size + "0", code=2)
