from tests.extraction.reading import texts_of

ABOUT_ONE = (
    "Acme Corporation reported its results on Monday. Acme Corporation makes pumps in Ohio. "
    "Acme Corporation hired 40 people last year. "
)


def test_the_revenue_is_that_of_the_company_the_article_is_about():
    assert "Acme Corporation's revenue rose by 3 percent." in texts_of(
        ABOUT_ONE + "Revenue rose by 3 percent."
    )


def test_the_company_is_the_one_the_article_is_about():
    assert "Acme Corporation left its prices unchanged." in texts_of(
        ABOUT_ONE + "The company left its prices unchanged."
    )


def test_where_two_companies_share_the_article_nothing_is_guessed():
    rival = "Bolt Industries reported its results. Bolt Industries makes nails. Bolt Industries hired 9. "
    assert "Revenue rose by 3 percent." in texts_of(ABOUT_ONE + rival + "Revenue rose by 3 percent.")


def test_revenue_with_an_owner_keeps_it():
    assert "Revenue of the rival rose by 3 percent." in texts_of(
        ABOUT_ONE + "Revenue of the rival rose by 3 percent."
    )


def test_the_organization_that_the_title_names_is_what_the_article_is_about():
    body = (
        "A leak was reported on Monday. The files were large. Seabird published the files. "
        "Seabird names no sources. Seabird wants money. The group denied the report."
    )
    found = texts_of(body, title="Seabird and the leak")
    assert "Seabird denied the report." in found
