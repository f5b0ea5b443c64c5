"""A desk with its product board in front."""

import pytest

from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels.products import ProductsPanel
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel


@pytest.fixture
def desk(make_desk: MakeDesk) -> MainWindow:
    return make_desk(1920, 1080)


@pytest.fixture
def panel(desk: MainWindow) -> ProductsPanel:
    found: ProductsPanel = open_panel(desk, "products")
    return found
